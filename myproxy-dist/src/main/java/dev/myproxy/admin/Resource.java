package dev.myproxy.admin;

import io.vertx.core.Future;

/** Something that can be asked for. */
@FunctionalInterface
interface Resource {

    /** Answers; called on the event loop of the request, which it must not block. */
    Future<Answer> answer(AdminRequest request);
}
