package dev.myproxy.bench;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptHost;
import dev.myproxy.script.Where;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;

/** Stands in for the daemon: binds nothing, and keeps the handlers of the script's only listener. */
final class OneListener implements ScriptHost {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private volatile Optional<Handlers> handlers = Optional.empty();

    /** What the script's listener was made with. */
    Handlers handlers() {
        return handlers.orElseThrow(() -> new IllegalStateException("the script has no listener"));
    }

    @Override
    public void listen(Where where, Handlers given) {
        handlers = Optional.of(given);
    }

    @Override
    public void print(ByteString line) {
        throw new IllegalStateException("the script printed " + line);
    }

    @Override
    public void scriptError(String message) {
        throw new IllegalStateException(message);
    }

    @Override
    public MeterRegistry meters() {
        return meters;
    }

    @Override
    public void exit(int code) {
        throw new IllegalStateException("the script exits with " + code);
    }
}
