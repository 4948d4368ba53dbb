/**
 * What the event bus needs to carry our records within this process.
 */
@NullMarked
package dev.myproxy.bus;

import org.jspecify.annotations.NullMarked;
