package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.script.Handlers;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Listeners that bind nothing, for {@code --check}: they find only what is wrong in any case. */
final class CheckedListeners implements Listeners {

    private final Set<Address> bound = new HashSet<>();
    private int clients;

    @Override
    public void bind(Address address, Handlers handlers) throws IOException {
        bindMetrics(address);
        clients++;
    }

    @Override
    public void bindMetrics(Address address) throws IOException {
        if (!bound.add(address)) {
            throw new IOException("Failed to bind to " + address + ": Address already in use");
        }
    }

    @Override
    public int count() {
        return clients;
    }

    @Override
    public void accept() {
        throw new IllegalStateException("a check does not accept clients");
    }

    @Override
    public Future<?> close() {
        return Future.succeededFuture();
    }
}
