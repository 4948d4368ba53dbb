package dev.myproxy.lua.script;

import dev.myproxy.cgroup.Cgroup;
import dev.myproxy.cgroup.CgroupSource;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A control group whose attributes are all the same. It answers on another thread, as the real one does. */
record FakeCgroup(String name) implements Cgroup {

    private static final Map<String, String> ATTRIBUTES = Map.of("account", "joe", "user.account", "joe", "binary",
            "a\0b");

    static CgroupSource of(String path) {
        return () -> elsewhere(() -> Optional.of(new FakeCgroup(path)));
    }

    @Override
    public ByteString path() {
        return ByteString.of(name);
    }

    @Override
    public Optional<Cgroup> parent() {
        int slash = name.lastIndexOf('/');
        return name.equals("/")
                ? Optional.empty()
                : Optional.of(new FakeCgroup(slash == 0 ? "/" : name.substring(0, slash)));
    }

    @Override
    public Future<Optional<ByteString>> attribute(ByteString attribute) {
        return elsewhere(() -> {
            if (name.equals("/")) {
                throw new IOException("Failed to open \"/sys/fs/cgroup\": No such file or directory");
            }
            return Optional.ofNullable(ATTRIBUTES.get(attribute.utf8())).map(ByteString::of);
        });
    }

    private static <T> Future<T> elsewhere(Callable<T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(answer.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return Future.fromCompletionStage(result);
    }
}
