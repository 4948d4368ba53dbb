package dev.myproxy.peers;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets Awaitility look at once, then after 5 ms, and less and less often up to the tenth of a second that is its custom: most
 * of what tests wait for is there already, or a moment later. How long it goes on looking is no matter of taste: only on a
 * machine that has much else to do it ever takes long. JUnit calls it before all tests of every module that has this class.
 */
public final class EagerPolling implements LauncherSessionListener {

    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(100);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(Wire.LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval((count, previous) -> next(previous));
    }

    static Duration next(Duration previous) {
        if (previous.compareTo(FIRST) < 0) {
            return FIRST;
        }
        Duration doubled = previous.multipliedBy(2);
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
