package dev.myproxy.lua;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What a {@link LuaBuiltin} answers. */
public sealed interface LuaReply {

    /** No results. */
    LuaReply NOTHING = new Results(List.of());

    /** The call is over. */
    record Results(List<LuaValue> values) implements LuaReply {}

    /**
     * The results come later; until then the calling coroutine is suspended.
     *
     * @param values completed on any thread. A {@link LuaError} is raised in the script as it is, another failure as
     *               its message, without position. The values are copies, objects or kept references
     * @param cancel run at most once, in the script's turn, when nobody waits any more; the future need not complete
     *               afterwards
     */
    record Later(Future<List<LuaValue>> values, Runnable cancel) implements LuaReply {

        /**
         * Blocks the thread until the results are there; for the adapters, where no coroutine can be suspended.
         *
         * @throws LuaError what is to be raised
         */
        public List<LuaValue> await() {
            try {
                return values.toCompletionStage().toCompletableFuture().get();
            } catch (ExecutionException e) {
                throw LuaError.of(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                cancel.run();
                Thread.currentThread().interrupt();
                throw LuaError.plain("interrupted");
            }
        }
    }

    /** The results come later, whether anybody still waits or not. */
    static LuaReply later(Future<List<LuaValue>> values) {
        return new Later(values, () -> {});
    }

    static LuaReply of(LuaValue... values) {
        return new Results(List.of(values));
    }
}
