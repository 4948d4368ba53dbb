package dev.myproxy.lua.script;

import dev.myproxy.script.Handler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts errors in handlers by the handler's name. */
final class HandlerErrors {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerErrors.class);

    private final MeterRegistry meters;

    HandlerErrors(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A handler raised an error. */
    void raised(Handler handler, String traceback) {
        LOG.debug("{} failed: {}", handler.key(), traceback);
        Counter.builder("myproxy.lua.errors").description("Errors in Lua functions").tag("handler", handler.key())
                .register(meters).increment();
    }
}
