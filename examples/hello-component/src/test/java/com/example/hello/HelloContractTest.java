package com.example.hello;

import dev.rustnet.component.NetComponent;
import dev.rustnet.testkit.contract.ComponentContract;

/** It starts and stops without a leak, runs the same twice, keeps to its context, and survives garbage. */
class HelloContractTest extends ComponentContract {
    @Override
    protected NetComponent component() {
        return new HelloComponent();
    }
}
