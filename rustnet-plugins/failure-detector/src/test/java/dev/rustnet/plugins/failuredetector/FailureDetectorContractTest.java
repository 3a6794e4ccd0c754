package dev.rustnet.plugins.failuredetector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.contract.ComponentContract;
import dev.rustnet.testkit.contract.FailureDetectorContract;
import dev.rustnet.testkit.junit.WithoutShrinking;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contracts that every failure detector and every component is held to, beside stand-ins for all else. */
@ExtendWith(WithoutShrinking.class)
class FailureDetectorContractTest {
    private static final String TIMES =
            "rustnet.components.failure-detector { heartbeat-interval = 500ms, timeout = 2s }\n";

    @Nested
    class EventuallyPerfect extends FailureDetectorContract {
        @Override
        protected NetComponent component() {
            return new FailureDetectorComponent();
        }

        @Override
        protected boolean perfect() {
            return false;
        }

        @Override
        protected String config() {
            return TIMES;
        }

        @Override
        protected int seeds() {
            return 15;
        }
    }

    @Nested
    class Perfect extends FailureDetectorContract {
        @Override
        protected NetComponent component() {
            return new FailureDetectorComponent();
        }

        @Override
        protected boolean perfect() {
            return true;
        }

        @Override
        protected String config() {
            return TIMES + "rustnet.components.failure-detector.assume-synchrony = true";
        }

        @Override
        protected int seeds() {
            return 15;
        }
    }

    @Nested
    class AsAComponent extends ComponentContract {
        @Override
        protected NetComponent component() {
            return new FailureDetectorComponent();
        }
    }

    @Test
    void oneThatWatchesNobodyDetectsNoCrash() {
        FailureDetectorContract contract = new EventuallyPerfect() {
            @Override
            protected NetComponent component() {
                return WeakDetector.neverSuspects();
            }
        };

        contract.nobodyIsSuspectedForGoodWhereNothingGoesWrong();
        assertThatThrownBy(contract::everyCorrectProcessDetectsEveryCrash)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EPFD1 strong completeness");
    }

    @Test
    void oneThatTakesABrokenConnectionForACrashIsNotAccurate() {
        FailureDetectorContract contract = new EventuallyPerfect() {
            @Override
            protected NetComponent component() {
                return WeakDetector.takesABrokenConnectionForACrash();
            }
        };

        contract.everyCorrectProcessDetectsEveryCrash();
        assertThatThrownBy(contract::brokenConnectionsAreNoCrash)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EPFD2 eventual strong accuracy");
    }
}
