package dev.myproxy.dist.systemd;

import dev.myproxy.posix.Environment;
import dev.myproxy.posix.ErrnoException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a service manager tells a process in its environment: sd_notify(3), sd_watchdog_enabled(3).
 *
 * @param notifySocket a path, or {@code @} and an abstract name; empty if nobody wants to be told
 * @param watchdog     how often the manager wants to hear that the process is alive; empty if it does not
 */
public record ServiceVariables(Optional<String> notifySocket, Optional<Duration> watchdog) {

    private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_USEC = "WATCHDOG_USEC";
    private static final String WATCHDOG_PID = "WATCHDOG_PID";

    /**
     * Those of this process. Programs that it starts from now on don't get them. To be called once, while the process starts.
     */
    public static ServiceVariables ofProcess() throws ErrnoException {
        ServiceVariables read = read(System.getenv(), ProcessHandle.current().pid());
        Environment.remove(Set.of(NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID));
        return read;
    }

    /** @param pid of this process */
    static ServiceVariables read(Map<String, String> environment, long pid) {
        Optional<String> socket = Optional.ofNullable(environment.get(NOTIFY_SOCKET)).filter(text -> !text.isEmpty());
        Optional<Duration> watchdog = Optional.ofNullable(environment.get(WATCHDOG_USEC))
                .filter(text -> text.matches("0*[1-9]\\d{0,17}"))
                .map(text -> Duration.of(Long.parseLong(text), ChronoUnit.MICROS))
                .filter(_ -> environment.getOrDefault(WATCHDOG_PID, Long.toString(pid)).equals(Long.toString(pid)));
        return new ServiceVariables(socket, watchdog);
    }
}
