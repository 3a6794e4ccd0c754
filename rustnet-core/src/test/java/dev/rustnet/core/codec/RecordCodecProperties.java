package dev.rustnet.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RecordCodecProperties {
    enum Kind {
        BUY,
        SELL
    }

    sealed interface Message {}

    record Order(
            String id,
            int amount,
            Kind kind,
            List<String> tags,
            Map<String, Long> prices,
            Set<Integer> lots,
            Optional<Instant> due)
            implements Message {}

    record Cancel(String id) implements Message {}

    record Nested(List<Object> things) implements Message {}

    static final class Stranger {}

    private static final Map<String, Class<?>> PAYLOADS = Map.of(
            "acme.order",
            Order.class,
            "acme.cancel",
            Cancel.class,
            "acme.kind",
            Kind.class,
            "acme.nested",
            Nested.class);

    private final RecordCodec codec = new RecordCodec(PayloadTable.of(PAYLOADS), 1 << 20);

    @Property(tries = 100)
    void whatIsEncodedIsDecoded(
            @ForAll String id,
            @ForAll int amount,
            @ForAll Kind kind,
            @ForAll List<String> tags,
            @ForAll Map<String, Long> prices,
            @ForAll Set<Integer> lots) {
        Optional<Instant> due = Optional.of(Instant.ofEpochSecond(amount, 999_999_999));
        Order order = new Order(id, amount, kind, tags, prices, Set.copyOf(lots), due);

        Order decoded = codec.decode(Order.class, ByteBuffer.wrap(codec.encode(order)));

        assertThat(decoded).isEqualTo(order);
    }

    @Property(tries = 100)
    void collectionsOfEveryKindKeepTheirContent(@ForAll List<Integer> numbers) {
        List<Object> things = List.of(
                List.copyOf(numbers), new ArrayList<>(numbers), new HashMap<>(Map.of(1, numbers.toString())), Map.of());

        Nested decoded = codec.decode(Nested.class, ByteBuffer.wrap(codec.encode(new Nested(things))));

        assertThat(decoded.things()).isEqualTo(things);
    }

    @Example
    void arraysAndClassesWithoutComponentsTravelToo() {
        List<Object> things = List.of(new byte[] {1, 2}, new int[] {3}, new String[] {"a"}, new UUID(4, 5));

        Nested decoded = codec.decode(Nested.class, ByteBuffer.wrap(codec.encode(new Nested(things))));

        assertThat(Arrays.deepEquals(decoded.things().toArray(), things.toArray()))
                .isTrue();
    }

    @Property(tries = 1_000)
    void bytesOfAStrangerAreRefusedAndNeverAnythingElse(@ForAll byte[] bytes) {
        try {
            Message decoded = codec.decode(Message.class, ByteBuffer.wrap(bytes));
            assertThat(decoded).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a ");
        }
    }

    @Property(tries = 1_000)
    void damagedBytesAreRefusedOrGiveAValue(@ForAll int position, @ForAll byte value) {
        byte[] bytes = codec.encode(
                new Order("id", 1, Kind.BUY, List.of("a", "b"), Map.of("x", 1L), Set.of(7), Optional.empty()));
        bytes[Math.floorMod(position, bytes.length)] = value;
        try {
            assertThat(codec.decode(Order.class, ByteBuffer.wrap(bytes))).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not a ");
        }
    }

    @Example
    void aLengthThatTheBytesCannotHoldTakesNoMemory() {
        List<Object> things = List.of(
                new long[3],
                "äöü".repeat(30),
                "plain text of more than a few characters",
                new ArrayList<>(List.of(1, "two")),
                new HashMap<>(Map.of(1, 2)),
                new TreeMap<>(Map.of("a", "b")),
                List.of(1, 2, 3),
                new String[] {"a"});
        byte[] bytes = codec.encode(new Nested(things));
        byte[] hugeLength = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        byte[] hugeLengthBehindAFlag = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15};

        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();

        // Wherever the lengths are, one of these is in the place of each.
        for (int i = 1; i < bytes.length; i++) {
            for (byte[] huge : List.of(hugeLength, hugeLengthBehindAFlag)) {
                ByteBuffer hostile = ByteBuffer.allocate(bytes.length - 1 + huge.length);
                hostile.put(bytes, 0, i)
                        .put(huge)
                        .put(bytes, i + 1, bytes.length - i - 1)
                        .flip();
                try {
                    assertThat(codec.decode(Nested.class, hostile)).isNotNull();
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageStartingWith("not a ");
                }
            }
        }

        assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(256L << 20);
    }

    @Example
    void idsDependOnNamesAndNotOnTheOrderOfRegistration() {
        Map<String, Class<?>> reversed = new LinkedHashMap<>();
        PAYLOADS.keySet().stream()
                .sorted((a, b) -> b.compareTo(a))
                .forEach(name -> reversed.put(name, PAYLOADS.get(name)));
        RecordCodec other = new RecordCodec(PayloadTable.of(reversed), 1 << 20);

        assertThat(other.encode(new Cancel("7"))).isEqualTo(codec.encode(new Cancel("7")));
        assertThat(PayloadTable.of(reversed).agreement())
                .isEqualTo(PayloadTable.of(PAYLOADS).agreement());
    }

    private static List<String> differences(Map<String, Class<?>> here, Map<String, Class<?>> there) {
        return PayloadAgreement.differences(
                PayloadTable.of(here).agreement(),
                "first",
                PayloadTable.of(there).agreement(),
                "second");
    }

    @Example
    void otherFieldsUnderTheSameNameAreNamedWithTheClassesOfBothSides() {
        assertThat(differences(Map.of("acme.x", Cancel.class), Map.of("acme.x", Kind.class)))
                .containsExactly("the payload \"acme.x\" is " + Cancel.class.getName()
                        + "(id: java.lang.String) at first and " + Kind.class.getName() + "[BUY, SELL] at second");
    }

    @Example
    void aNameThatOnlyOneSideRegistersIsNamed() {
        assertThat(differences(Map.of("acme.cancel", Cancel.class), Map.of()))
                .containsExactly("the payload \"acme.cancel\" is " + Cancel.class.getName()
                        + "(id: java.lang.String) at first and not registered at second");
    }

    record Annulment(String id) {}

    @Example
    void aClassMayBeRenamedAsLongAsItsStableNameAndItsFieldsStay() {
        assertThat(differences(Map.of("acme.cancel", Cancel.class), Map.of("acme.cancel", Annulment.class)))
                .isEmpty();
    }

    @Example
    void hundredsOfPayloadsFitIntoAHello() {
        Map<String, Class<?>> many = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            many.put("acme.order." + i, Order.class);
        }

        assertThat(PayloadTable.of(many).agreement().entrySet().stream()
                        .mapToInt(entry ->
                                entry.getKey().length() + entry.getValue().length())
                        .sum())
                .isLessThan(48 * 1024);
    }

    @Example
    void anUnregisteredClassIsNamedTogetherWithTheWayToRegisterIt() {
        assertThatThrownBy(() -> codec.requireRegistered(Stranger.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RN-041 ")
                .hasMessageContaining("Stranger.class");
        assertThatThrownBy(() -> codec.encode(new Nested(List.of(new Stranger()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RN-041 ")
                .hasMessageContaining("Stranger");
    }

    @Example
    void anInterfaceIsRegisteredByOneOfItsClasses() {
        codec.requireRegistered(Message.class);

        Message decoded = codec.decode(Message.class, ByteBuffer.wrap(codec.encode(new Cancel("7"))));

        assertThat(decoded).isEqualTo(new Cancel("7"));
    }

    @Example
    void aValueOfAnotherRegisteredClassIsRefused() {
        byte[] bytes = codec.encode(new Cancel("7"));

        assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(Order.class, ByteBuffer.wrap(bytes)));
    }

    @Example
    void aValueThatContainsItselfOrIsTooLongIsRefused() {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(new Nested(endless)));

        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(new Cancel("x".repeat(2 << 20))));
    }
}
