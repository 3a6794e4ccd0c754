/**
 * View-synchronous, primary-partition group membership (CGR 6.7 and 6.8): {@link ViewAgreement} agrees on one view after
 * another, {@link Standings} spreads what each process says of itself, {@link Departures} and {@link Admissions} judge who is
 * gone and who may come, {@link ViewSynchronousMembership} is the service, and {@link GroupMembershipComponent} wires it to
 * a node.
 */
@NullMarked
package dev.rustnet.plugins.groupmembership;

import org.jspecify.annotations.NullMarked;
