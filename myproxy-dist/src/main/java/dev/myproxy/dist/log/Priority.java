package dev.myproxy.dist.log;

import ch.qos.logback.classic.Level;
import dev.myproxy.dist.log.LineWriter.Target;
import java.util.Locale;

/** How much a line matters, with the numbers of syslog(3), which the journal has as well. */
enum Priority {

    ERROR(3, Target.ERR), WARN(4, Target.ERR), INFO(6, Target.OUT), DEBUG(7, Target.OUT);

    private final int number;
    private final Target target;

    Priority(int number, Target target) {
        this.number = number;
        this.target = target;
    }

    static Priority of(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return WARN;
        }
        return level.isGreaterOrEqual(Level.INFO) ? INFO : DEBUG;
    }

    /** Of what is no event and goes to a target. */
    static Priority of(Target target) {
        return target == Target.OUT ? INFO : ERROR;
    }

    /** 0 to 7; the least matters most. */
    int number() {
        return number;
    }

    /** Where lines of it go. */
    Target target() {
        return target;
    }

    /** The word for it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
