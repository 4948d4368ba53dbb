package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;

/** A statement for the server, and what its answer means. Immutable. */
non-sealed interface Question extends Step {

    /** What the statement is called in texts. */
    String name();

    ByteString statement();

    /**
     * Judges the answer.
     *
     * @param soFar the worst that earlier questions have found
     */
    Step judge(Answer.Rows answer, NodeState soFar);

    /** Judges an error in the place of an answer: as a rule the server is not fit. */
    default Step judge(Answer.Refused answer) {
        return Finding.dead(name() + " failed: " + Texts.line(answer.error().message()));
    }
}
