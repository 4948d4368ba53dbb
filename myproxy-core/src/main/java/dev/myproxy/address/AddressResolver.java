package dev.myproxy.address;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Looks host names up. */
public final class AddressResolver {

    /** A second. Vert.x 5.0 takes the number, which it calls milliseconds, as nanoseconds. */
    private static final int HOSTS_REFRESH_PERIOD = 1_000_000_000;

    private final VertxInternal vertx;

    public AddressResolver(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /** What a Vert.x instance should be built with, so that changes of {@code /etc/hosts} are noticed. */
    public static AddressResolverOptions options() {
        return new AddressResolverOptions().setHostsRefreshPeriod(HOSTS_REFRESH_PERIOD);
    }

    /**
     * Looks a name up with the C library, as every program of this machine does, and blocks meanwhile. Of several
     * addresses the first IPv6 address is taken, or the first of all if there is none.
     */
    public static Address resolveBlocking(ParsedAddress parsed) throws AddressException {
        return switch (parsed) {
            case ParsedAddress.Known known -> known.address();
            case ParsedAddress.Named named -> lookUp(named);
        };
    }

    /**
     * Looks a name up without blocking: in {@code /etc/hosts}, then at the name servers and in the search domains of
     * {@code /etc/resolv.conf}. The first address of the answer is taken.
     *
     * @return fails with {@link AddressException}; completed by an event loop
     */
    public Future<Address> resolve(ParsedAddress parsed) {
        return switch (parsed) {
            case ParsedAddress.Known known -> Future.succeededFuture(known.address());
            case ParsedAddress.Named named -> {
                Promise<Address> promise = Promise.promise();
                // not in the caller's context, which may be one that is blocked until the answer is there
                vertx.nameResolver().resolve(vertx.nettyEventLoopGroup().next(), named.host())
                        .addListener(answer -> answered(named, answer, promise));
                yield promise.future();
            }
        };
    }

    private static void answered(ParsedAddress.Named named,
            io.netty.util.concurrent.Future<? super InetSocketAddress> answer, Promise<Address> promise) {
        if (answer.isSuccess()) {
            promise.complete(Address.inet(((InetSocketAddress) answer.getNow()).getAddress(), named.port()));
        } else {
            promise.fail(unresolved(named, reason(answer.cause())));
        }
    }

    private static Address lookUp(ParsedAddress.Named named) throws AddressException {
        try {
            InetAddress[] all = InetAddress.getAllByName(named.host());
            InetAddress ip = Stream.of(all).filter(Inet6Address.class::isInstance).findFirst().orElse(all[0]);
            return Address.inet(ip, named.port());
        } catch (UnknownHostException e) {
            String message = String.valueOf(e.getMessage());
            String prefix = named.host() + ": ";
            throw unresolved(named, message.startsWith(prefix)
                    ? message.substring(prefix.length())
                    : AddressException.UNKNOWN_NAME);
        }
    }

    private static AddressException unresolved(ParsedAddress.Named named, String reason) {
        return AddressException.unresolved(named.host(), named.service(), reason);
    }

    /** That a name does not exist is final; whatever else went wrong may be better next time. */
    private static String reason(Throwable failure) {
        return switch (failure.getCause()) {
            case null -> AddressException.UNKNOWN_NAME;
            case DnsErrorCauseException answer when DnsResponseCode.NXDOMAIN.equals(answer.getCode()) ->
                AddressException.UNKNOWN_NAME;
            default -> AddressException.TEMPORARY_FAILURE;
        };
    }
}
