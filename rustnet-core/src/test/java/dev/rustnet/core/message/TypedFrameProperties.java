package dev.rustnet.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.link.RequestFailedException.Reason;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class TypedFrameProperties {
    @Property
    void whatIsWrittenIsRead(
            @ForAll TypedFrame.Kind kind, @ForAll @LongRange(min = 1) long number, @ForAll byte[] payload) {
        TypedFrame read = TypedFrame.read(ByteBuffer.wrap(TypedFrame.write(kind, number, payload)));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.number()).isEqualTo(kind == TypedFrame.Kind.MESSAGE ? 0 : number);
        assertThat(read.body()).isEqualTo(ByteBuffer.wrap(payload));
    }

    @Property
    void aFailureSaysWhyAndInWhichWords(
            @ForAll @LongRange(min = 1) long number, @ForAll @StringLength(max = 600) String sentence) {
        TypedFrame read =
                TypedFrame.read(ByteBuffer.wrap(TypedFrame.writeFailure(number, Reason.HANDLER_FAILED, sentence)));

        assertThat(read.number()).isEqualTo(number);
        assertThat(read.reason()).isEqualTo(Reason.HANDLER_FAILED);
        assertThat(read.sentence().length()).isLessThanOrEqualTo(503);
        if (sentence.length() <= 500 && sentence.chars().allMatch(c -> c < Character.MIN_SURROGATE)) {
            assertThat(read.sentence()).isEqualTo(sentence);
        }
    }
}
