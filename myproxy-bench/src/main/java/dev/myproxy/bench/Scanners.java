package dev.myproxy.bench;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.KillFinder;
import dev.myproxy.protocol.ResponseObserver;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import java.util.EnumSet;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What follows one session in the command phase, as sessions make it. */
@State(Scope.Thread)
public class Scanners {

    private static final long FIRST_ID = 1L << 31;

    final ResponseTracker tracker = new ResponseTracker(Traffic.CAPABILITIES, ResponseObserver.NONE);
    final CommandScanner commands = new CommandScanner(tracker, EnumSet.of(Command.CHANGE_USER),
            new KillFinder(Traffic.CAPABILITIES, FIRST_ID), CommandScanner.DEFAULT_MAX_IN_FLIGHT);
    final ResponseScanner responses = new ResponseScanner(tracker);
}
