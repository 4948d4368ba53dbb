package dev.myproxy.it.same;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Compares what comes with what came directly, packet by packet. */
final class Comparer implements Witness {

    private static final String END = "the end of the connection";

    private final List<Answer> answers;
    private int at;

    Comparer(List<Answer> answers) {
        this.answers = answers;
    }

    @Override
    public boolean see(String step, Source source) throws IOException {
        if (at == answers.size()) {
            throw new Difference(step, "nothing, the connection had ended", "the connection is open");
        }
        Answer answer = answers.get(at++);
        Iterator<Seen> packets = answer.packets().iterator();
        while (packets.hasNext() || answer.ended()) {
            Optional<Seen> expected = packets.hasNext() ? Optional.of(packets.next()) : Optional.empty();
            Optional<Seen> got;
            try {
                got = source.next();
                if (expected.isEmpty() && got.filter(seen -> Mask.isEndOfServer(seen.packet())).isPresent()) {
                    got = source.next();
                }
            } catch (SocketTimeoutException _) {
                throw new Difference(step, text(expected), "nothing in time");
            } catch (AssertionError e) {
                throw new Difference(step, text(expected), String.valueOf(e.getMessage()));
            }
            if (!got.equals(expected)) {
                throw new Difference(step, text(expected), text(got));
            }
            if (expected.isEmpty()) {
                break;
            }
        }
        return answer.ended();
    }

    /** Fails if there was more. */
    void assertComplete() {
        if (at < answers.size()) {
            Answer missing = answers.get(at);
            throw new Difference(missing.step(), missing.packets().toString(), "the connection had ended before");
        }
    }

    private static String text(Optional<Seen> packet) {
        return packet.map(Seen::toString).orElse(END);
    }
}
