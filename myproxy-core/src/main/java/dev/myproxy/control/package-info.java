/**
 * Control datagrams: commands that the programs of CM4all tell each other, without answers.
 *
 * <p>Pure; may use {@code protocol} (byte strings) alone.
 */
@NullMarked
package dev.myproxy.control;

import org.jspecify.annotations.NullMarked;
