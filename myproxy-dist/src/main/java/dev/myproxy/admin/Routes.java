package dev.myproxy.admin;

import dev.myproxy.cluster.Cluster;
import dev.myproxy.session.SessionSnapshot;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that can be asked for, by path. */
final class Routes {

    private static final Pattern SESSION = Pattern.compile("/api/sessions/(?<id>\\d{1,10})(?<kill>/kill)?");

    private static final String RELOAD = "/api/reload";

    private static final Logger LOG = LoggerFactory.getLogger(AdminSite.class);

    private final WorkerExecutor workers;
    private final Subjects subjects;
    private final Access access;
    private final AdminSource source;
    private final Map<String, Resource> resources = new TreeMap<>();

    /**
     * @param workers write documents
     */
    Routes(WorkerExecutor workers, Subjects subjects, StatusDocument status, Access access, AdminSource source) {
        this.workers = workers;
        this.subjects = subjects;
        this.access = access;
        this.source = source;
        resources.put("/api/status", _ -> listed(sessions -> status.status(sessions)));
        resources.put("/api/listeners", _ -> listed(sessions -> status.listeners(sessions)));
        resources.put("/api/nodes", _ -> subjects.clusters().compose(clusters -> written(() -> nodes(clusters))));
        resources.put("/api/sessions", this::sessions);
        resources.putAll(PageFiles.all());
    }

    /** Answers a request. */
    Future<Answer> answer(AdminRequest request) {
        return access.reads(request).map(Future::succeededFuture).orElseGet(() -> permitted(request));
    }

    private Future<Answer> permitted(AdminRequest request) {
        if (request.path().equals(RELOAD)) {
            return reload(request);
        }
        Matcher session = SESSION.matcher(request.path());
        if (session.matches()) {
            return session(request, Long.parseLong(session.group("id")), session.group("kill") != null);
        }
        Resource resource = resources.get(request.path());
        if (resource == null) {
            return refused(HttpResponseStatus.NOT_FOUND,
                    "There is nothing at this path; there is: " + String.join(" ", resources.keySet()) + " " + RELOAD);
        }
        return request.reads() ? resource.answer(request) : notAllowed(HttpMethod.GET);
    }

    private Future<Answer> session(AdminRequest request, long id, boolean kill) {
        HttpMethod expected = kill ? HttpMethod.POST : HttpMethod.DELETE;
        if (!request.method().equals(expected)) {
            return notAllowed(expected);
        }
        Optional<Answer> refusal = access.changes(request, "kill");
        return refusal.isPresent()
                ? Future.succeededFuture(refusal.get())
                : subjects.kill(id).map(found -> killed(id, found, request.peer()));
    }

    private static Answer killed(long id, boolean found, AdminPeer peer) {
        if (!found) {
            return Answer.problem(HttpResponseStatus.NOT_FOUND, "There is no session " + id);
        }
        LOG.atWarn().addKeyValue("session", id).log("Session {} is ended at the request of {}", id, peer);
        return Answer.json(Document.write(json -> json.writeNumberField("killed", id)));
    }

    private Future<Answer> reload(AdminRequest request) {
        if (!request.method().equals(HttpMethod.POST)) {
            return notAllowed(HttpMethod.POST);
        }
        Optional<Answer> refusal = access.changes(request, "reload");
        if (refusal.isPresent()) {
            return Future.succeededFuture(refusal.get());
        }
        LOG.info("Reloading at the request of {}", request.peer());
        return source.reload().map(done -> Answer.json(Document.write(json -> json.writeStringField("reloaded", done))))
                .otherwise(failure -> Answer.problem(HttpResponseStatus.CONFLICT,
                        String.valueOf(failure.getMessage())));
    }

    private Future<Answer> sessions(AdminRequest request) {
        try {
            SessionFilter filter = SessionFilter.of(request);
            return listed(sessions -> SessionsDocument.of(sessions, filter));
        } catch (BadRequestException e) {
            return refused(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private Future<Answer> listed(Function<List<SessionSnapshot>, Buffer> document) {
        return subjects.sessions().compose(sessions -> written(() -> document.apply(sessions)));
    }

    /** On a worker thread: a document may be long. */
    private Future<Answer> written(Callable<Buffer> document) {
        return workers.executeBlocking(document, false).map(Answer::json);
    }

    private static Buffer nodes(List<Cluster> clusters) {
        return NodesDocument.of(clusters.stream()
                .map(cluster -> new NodesDocument.Group(cluster.name(), cluster.nodes())).toList());
    }

    private static Future<Answer> notAllowed(HttpMethod expected) {
        String allowed = expected.equals(HttpMethod.GET) ? "GET, HEAD" : expected.name();
        return Future.succeededFuture(Answer.problem(HttpResponseStatus.METHOD_NOT_ALLOWED,
                "Only " + allowed + " makes sense here").with("Allow", allowed));
    }

    private static Future<Answer> refused(HttpResponseStatus status, String message) {
        return Future.succeededFuture(Answer.problem(status, message));
    }
}
