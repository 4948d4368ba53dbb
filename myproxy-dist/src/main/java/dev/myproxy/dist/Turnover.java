package dev.myproxy.dist;

import dev.myproxy.admin.ListenerRow;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sockets of one kind that a configuration has, and those that its successor wants while that is loading: what is at the
 * same place is taken over with the next {@link #commit}, never closed in between. The successor's wishes come from one thread;
 * the rest is safe to use from every thread.
 */
final class Turnover {

    /**
     * A socket.
     *
     * @param place      where it is
     * @param listener   what is there
     * @param deployment its verticle
     * @param row        what is shown of it
     */
    record Bound(Object place, Object listener, String deployment, Supplier<ListenerRow> row) {}

    /** Makes a socket. */
    @FunctionalInterface
    interface Maker {
        Bound make() throws IOException;
    }

    private record Wish(Bound bound, boolean fresh, Runnable takeOver) {}

    private final Function<String, Future<?>> closer;
    private final List<Wish> wishes = new CopyOnWriteArrayList<>();
    private volatile List<Bound> inForce = List.of();
    private volatile boolean loading = true;

    /** @param closer ends a deployment */
    Turnover(Function<String, Future<?>> closer) {
        this.closer = closer;
    }

    /** Another configuration is about to be loaded. */
    void begin() {
        loading = true;
    }

    /**
     * The configuration that is loading wants a socket.
     *
     * @param place    equal for those that can be taken over
     * @param type     of the listener that is there
     * @param takeOver changes one that is there, when the configuration comes into force; doesn't fail
     * @param maker    makes one if there is none
     */
    <L> void want(Object place, Class<L> type, Consumer<L> takeOver, Maker maker) throws IOException {
        Optional<Bound> there = inForce.stream().filter(bound -> bound.place().equals(place))
                .filter(bound -> wishes.stream()
                        .noneMatch(wish -> wish.bound().deployment().equals(bound.deployment())))
                .findFirst();
        wishes.add(there.isPresent()
                ? new Wish(there.get(), false, () -> takeOver.accept(type.cast(there.get().listener())))
                : new Wish(maker.make(), true, () -> {}));
    }

    /**
     * The configuration is in force: it has what it wanted.
     *
     * @return completes when what it does not want is closed
     */
    Future<?> commit() {
        wishes.forEach(wish -> wish.takeOver().run());
        List<Bound> gone = new ArrayList<>(inForce);
        List<Bound> kept = wishes.stream().map(Wish::bound).toList();
        gone.removeAll(kept);
        inForce = kept;
        wishes.clear();
        loading = false;
        return close(gone.stream());
    }

    /**
     * The configuration does not come into force.
     *
     * @return completes when what was made for it is closed
     */
    Future<?> rollback() {
        List<Bound> fresh = wishes.stream().filter(Wish::fresh).map(Wish::bound).toList();
        wishes.clear();
        loading = false;
        return close(fresh.stream());
    }

    /** How many sockets the configuration has that is loading, or else the one in force. */
    int count() {
        return loading ? wishes.size() : inForce.size();
    }

    /** What is shown of all sockets. */
    List<ListenerRow> rows() {
        return all().map(bound -> bound.row().get()).toList();
    }

    /** Closes all sockets. */
    Future<?> close() {
        return close(all());
    }

    private Stream<Bound> all() {
        return Stream.concat(inForce.stream(), wishes.stream().filter(Wish::fresh).map(Wish::bound));
    }

    private Future<?> close(Stream<Bound> sockets) {
        return Future.join(sockets.map(bound -> closer.apply(bound.deployment())).toList());
    }
}
