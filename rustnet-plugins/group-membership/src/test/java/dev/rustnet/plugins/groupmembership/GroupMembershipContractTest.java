package dev.rustnet.plugins.groupmembership;

import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.contract.ComponentContract;

/** What every component is held to, beside stand-ins for all else. */
class GroupMembershipContractTest extends ComponentContract {
    @Override
    protected NetComponent component() {
        return new GroupMembershipComponent();
    }

    @Override
    protected String config() {
        return "rustnet.services.group-membership = group-membership";
    }
}
