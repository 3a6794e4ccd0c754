package dev.rustnet.core.kernel;

import dev.rustnet.core.codec.PayloadTable;
import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.settings.Configuration;
import dev.rustnet.core.settings.NodeSettings;
import java.util.List;

/**
 * A sound plan: what the kernel needs to wire a node.
 *
 * @param configuration all settings
 * @param settings the kernel's own
 * @param components in the order of their start
 * @param payloads all registered payloads
 * @param startPlan the same for a person to read
 */
public record Plan(
        Configuration configuration,
        NodeSettings settings,
        List<PlannedComponent> components,
        PayloadTable payloads,
        StartPlan startPlan) {}
