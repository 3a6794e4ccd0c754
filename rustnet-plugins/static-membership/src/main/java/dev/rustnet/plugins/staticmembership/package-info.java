/**
 * Membership in the book's crash-stop model (CGR 2.1): one view of all configured members, for ever. {@link
 * StaticMembership} decides who is admitted and who counts no more; {@link StaticMembershipComponent} wires it to a node.
 */
@NullMarked
package dev.rustnet.plugins.staticmembership;

import org.jspecify.annotations.NullMarked;
