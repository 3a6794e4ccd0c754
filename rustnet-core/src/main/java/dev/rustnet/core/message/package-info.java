/** Point-to-point messages of applications and components: raw bytes, typed values, requests and replies. */
@NullMarked
package dev.rustnet.core.message;

import org.jspecify.annotations.NullMarked;
