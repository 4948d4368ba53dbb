package dev.myproxy.it.same;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what comes. */
final class Recorder implements Witness {

    private final List<Answer> answers = new ArrayList<>();

    /** Everything so far, step by step. */
    List<Answer> answers() {
        return answers;
    }

    @Override
    public boolean see(String step, Source source) throws IOException {
        List<Seen> packets = new ArrayList<>();
        boolean ended = false;
        try {
            do {
                Optional<Seen> packet = source.next();
                packet.ifPresent(packets::add);
                ended = packet.isEmpty();
            } while (!ended && !source.complete());
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("the server itself does not answer to: " + step + "; so far " + packets,
                    e);
        } catch (RuntimeException | AssertionError e) {
            throw new IllegalStateException("no answer that can be understood to: " + step + ": " + packets, e);
        }
        answers.add(new Answer(step, packets, ended));
        return ended;
    }
}
