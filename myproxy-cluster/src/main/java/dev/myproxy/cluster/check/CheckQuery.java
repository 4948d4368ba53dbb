package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The script's own statement, whose first column in the first row must be true. Its text stays out of reasons. */
record CheckQuery(ByteString statement) implements Question {

    private static final Pattern FALSE = Pattern.compile("|[+-]?0+(\\.0*)?|[+-]?\\.0+|\0|OFF|FALSE|NO");

    @Override
    public String name() {
        return "the check query";
    }

    @Override
    public Step judge(Answer.Rows answer, NodeState soFar) {
        if (answer.columns().isEmpty()) {
            return Finding.dead("The check query gives no result");
        }
        if (answer.rows().isEmpty()) {
            return Finding.dead("The check query gives no row");
        }
        Optional<ByteString> value = answer.rows().getFirst().getFirst();
        return isTrue(value) ? Finding.OK : Finding.dead("The check query gives " + Texts.value(value));
    }

    @Override
    public Step judge(Answer.Refused answer) {
        return Finding.dead("The check query failed: " + Texts.line(answer.error().message()));
    }

    /** Whether a value is neither NULL nor empty nor zero nor a word for no. */
    static boolean isTrue(Optional<ByteString> value) {
        return value.map(ByteString::utf8)
                .filter(text -> !FALSE.matcher(text.strip().toUpperCase(Locale.ROOT)).matches()).isPresent();
    }
}
