package dev.myproxy.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * A request, without a body: none is needed.
 *
 * @param path       as it was sent, without the query
 * @param parameters of the query, decoded
 */
public record AdminRequest(AdminPeer peer, HttpMethod method, String path, MultiMap parameters, MultiMap headers) {

    /** A parameter of the query; an empty one is none. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    boolean reads() {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}
