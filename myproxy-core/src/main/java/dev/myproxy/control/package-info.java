/**
 * Control datagrams: commands that the programs of CM4all tell each other, without answers; and who may send them.
 *
 * <p>{@link dev.myproxy.control.ControlDatagram} is one in the making, {@link dev.myproxy.control.ReceivedDatagram} one that came.
 * Pure; may use {@code protocol} (byte strings) alone. The sockets are in {@code control.listen}.
 */
@NullMarked
package dev.myproxy.control;

import org.jspecify.annotations.NullMarked;
