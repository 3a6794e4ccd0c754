package dev.rustnet.plugins.staticmembership;

import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.contract.ComponentContract;

/** What every component is held to, beside stand-ins for all else. */
class StaticMembershipContractTest extends ComponentContract {
    @Override
    protected NetComponent component() {
        return new StaticMembershipComponent();
    }
}
