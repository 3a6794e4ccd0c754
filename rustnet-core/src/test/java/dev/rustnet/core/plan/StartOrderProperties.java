package dev.rustnet.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.component.ComponentDescriptor;
import dev.rustnet.core.plan.StartPlan.Edge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class StartOrderProperties {
    interface A {}

    interface B {}

    interface C {}

    interface D {}

    interface E {}

    private static final List<Class<?>> SERVICES = List.of(A.class, B.class, C.class, D.class, E.class);

    @Property
    void everyProviderStartsBeforeItsUsersWhateverTheOrderOfDiscovery(
            @ForAll @IntRange(max = 1023) int uses, @ForAll Random random) {
        List<Declaration> declarations = acyclic(uses);
        StartOrder.Result expected = StartOrder.of(declarations, List.of(), List.of(), List.of());
        List<Declaration> shuffled = new ArrayList<>(declarations);
        Collections.shuffle(shuffled, random);

        StartOrder.Result result = StartOrder.of(shuffled, List.of(), List.of(), List.of());

        assertThat(result.problems()).isEmpty();
        assertThat(result.order()).hasSize(SERVICES.size()).isEqualTo(expected.order());
        List<String> names = result.order().stream().map(Declaration::name).toList();
        assertThat(result.edges())
                .hasSize(Integer.bitCount(uses))
                .allSatisfy(edge -> assertThat(names.indexOf(edge.provider())).isLessThan(names.indexOf(edge.user())));
    }

    /** The i-th component may use only services of those before it; names run against that order. */
    private static List<Declaration> acyclic(int uses) {
        List<Declaration> declarations = new ArrayList<>();
        int bit = 0;
        for (int i = 0; i < SERVICES.size(); i++) {
            ComponentDescriptor.Builder descriptor =
                    ComponentDescriptor.named("component-" + (9 - i)).provides(SERVICES.get(i));
            for (int j = 0; j < i; j++) {
                if ((uses >> bit++ & 1) == 1) {
                    descriptor.requires(SERVICES.get(j));
                }
            }
            declarations.add(declaration(descriptor));
        }
        return declarations;
    }

    @Example
    void anAbsentOptionalServiceIsNoProblemAndAPresentOneMakesAnEdge() {
        Declaration user = declaration(
                ComponentDescriptor.named("a-user").requiresOptional(A.class).requiresOptional(B.class));
        Declaration provider =
                declaration(ComponentDescriptor.named("b-provider").provides(B.class));

        StartOrder.Result result = StartOrder.of(List.of(user, provider), List.of(), List.of(), List.of());

        assertThat(result.problems()).isEmpty();
        assertThat(result.order()).containsExactly(provider, user);
        assertThat(result.edges()).containsExactly(new Edge("a-user", "b-provider", "B", true));
    }

    @Example
    void aProviderThatIsNotChosenDoesNotStart() {
        Declaration one = declaration(ComponentDescriptor.named("one").provides(A.class));
        Declaration two = declaration(ComponentDescriptor.named("two").provides(A.class));

        StartOrder.Result result = StartOrder.of(
                List.of(one, two), List.of(new Choice("a", "two", "node.conf:7", false)), List.of(), List.of());

        assertThat(result.problems()).isEmpty();
        assertThat(result.order()).containsExactly(two);
        assertThat(result.left())
                .containsExactly(new StartPlan.Left("one", "x.jar", "rustnet.services.a = two (node.conf:7)"));
    }

    @Example
    void aDefaultChoiceThatCannotBeMadeIsNone() {
        Declaration one = declaration(ComponentDescriptor.named("one").provides(A.class));

        StartOrder.Result result = StartOrder.of(
                List.of(one), List.of(new Choice("a", "absent", "reference.conf:7", true)), List.of(), List.of());

        assertThat(result.problems()).isEmpty();
        assertThat(result.order()).containsExactly(one);
    }

    @Example
    void choicesForOneOfTwoServicesOfAComponentContradictEachOther() {
        Declaration one =
                declaration(ComponentDescriptor.named("one").provides(A.class).provides(B.class));
        Declaration two = declaration(ComponentDescriptor.named("two").provides(A.class));

        StartOrder.Result result = StartOrder.of(
                List.of(one, two),
                List.of(new Choice("a", "two", "node.conf:7", false), new Choice("b", "one", "node.conf:8", false)),
                List.of(),
                List.of());

        assertThat(result.problems()).extracting(Problem::code).containsExactly(ProblemCode.BAD_CHOICE);
    }

    @Example
    void twoCirclesAreBothReported() {
        Declaration a =
                declaration(ComponentDescriptor.named("a").provides(A.class).requires(B.class));
        Declaration b =
                declaration(ComponentDescriptor.named("b").provides(B.class).requires(A.class));
        Declaration c =
                declaration(ComponentDescriptor.named("c").provides(C.class).requires(D.class));
        Declaration d =
                declaration(ComponentDescriptor.named("d").provides(D.class).requires(C.class));

        StartOrder.Result result = StartOrder.of(List.of(a, b, c, d), List.of(), List.of(), List.of());

        assertThat(result.problems())
                .extracting(problem -> problem.details().get(0).text())
                .containsExactly("a --requires B--> b --requires A--> a", "c --requires D--> d --requires C--> c");
    }

    private static Declaration declaration(ComponentDescriptor.Builder descriptor) {
        return new Declaration(descriptor.build(), "com.acme.Component", "x.jar", Optional.empty(), Optional.empty());
    }
}
