package dev.myproxy.control;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;

/**
 * A command of a datagram that we got.
 *
 * @param command empty if we don't know its code
 */
public record ReceivedCommand(Optional<ControlCommand> command, ByteString payload) {}
