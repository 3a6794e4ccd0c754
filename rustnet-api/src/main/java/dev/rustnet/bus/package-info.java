/**
 * The topic bus: typed publish and subscribe between the components of one node. Topics are notices; what a protocol
 * must not miss or must not see late goes through a service interface instead.
 */
@NullMarked
package dev.rustnet.bus;

import org.jspecify.annotations.NullMarked;
