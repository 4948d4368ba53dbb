package dev.myproxy.lua.script;

import dev.myproxy.script.Decision;
import dev.myproxy.script.Handler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what handlers decided. Used in the script's turns. */
final class HandlerCalls {

    private final MeterRegistry meters;
    private final Map<Handler, Map<String, Counter>> counters = new EnumMap<>(Handler.class);

    HandlerCalls(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Handler handler, Decision decision) {
        counters.computeIfAbsent(handler, _ -> new HashMap<>())
                .computeIfAbsent(name(decision), name -> register(handler, name)).increment();
    }

    private Counter register(Handler handler, String decision) {
        return Counter.builder("myproxy.lua.decisions").description("What handlers decided")
                .tag("handler", handler.key()).tag("decision", decision).register(meters);
    }

    private static String name(Decision decision) {
        return switch (decision) {
            case Decision.Proceed _ -> "pass";
            case Decision.Refuse _ -> "err";
            case Decision.Connect _ -> "connect";
            case Decision.InitDb _ -> "init_db";
            case Decision.Query _ -> "query";
            case Decision.Failed _ -> "failed";
        };
    }
}
