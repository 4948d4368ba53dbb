package dev.myproxy.protocol;

import java.util.List;

/**
 * A command, its response, and what the client has to send in between.
 *
 * @param command that it begins with
 * @param failed  whether the response is an ERR in the end
 * @param steps   payloads in the order in which they are sent, the first one being the command
 */
record Exchange(Command command, boolean failed, List<Step> steps) {

    /**
     * A payload on its way.
     *
     * @param fromServer who sends it
     * @param payload    less than 16 MiB
     */
    record Step(boolean fromServer, ByteString payload) {}

    /** Whether the client sends more than the command, so that nothing may be sent ahead behind it. */
    boolean needsClientData() {
        return steps.stream().skip(1).anyMatch(step -> !step.fromServer());
    }

    boolean hasResponse() {
        return steps.size() > 1;
    }
}
