package dev.myproxy.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In the pipeline of a connection: answers the first request with a page. Then it reads on, to no purpose, until the client
 * closes the connection: closing before it has read everything could cost it the answer.
 */
final class HttpRequests extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRequests.class);

    private final Vertx vertx;
    private final Map<String, Page> pages;
    private boolean asked;

    HttpRequests(Vertx vertx, Map<String, Page> pages) {
        this.vertx = vertx;
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (!asked && message instanceof HttpRequest request) {
            asked = true;
            answer(context, request);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            answer(context, problem(malformed(request.decoderResult().cause())), false);
            return;
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        Page page = pages.get(path(request.uri()));
        if (page == null) {
            answer(context, text(HttpResponseStatus.NOT_FOUND, "Pages: " + String.join(" ", pages.keySet()) + "\n"),
                    head);
        } else if (!head && !request.method().equals(HttpMethod.GET)) {
            FullHttpResponse refused = problem(HttpResponseStatus.METHOD_NOT_ALLOWED);
            refused.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            answer(context, refused, false);
        } else {
            show(context, page, request.headers().get(HttpHeaderNames.ACCEPT, ""), head);
        }
    }

    private static HttpResponseStatus malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private void show(ChannelHandlerContext context, Page page, String accept, boolean head) {
        vertx.executeBlocking(() -> page.body(accept), false)
                .onComplete(body -> context.executor().execute(() -> answer(context, shown(body), head)));
    }

    private static FullHttpResponse shown(AsyncResult<Page.Body> body) {
        if (body.failed()) {
            LOG.error("A page can't be shown", body.cause());
            return problem(HttpResponseStatus.INTERNAL_SERVER_ERROR);
        }
        return response(HttpResponseStatus.OK, body.result().contentType(), body.result().text());
    }

    private static FullHttpResponse problem(HttpResponseStatus status) {
        return text(status, status.reasonPhrase() + "\n");
    }

    private static FullHttpResponse text(HttpResponseStatus status, String text) {
        return response(status, "text/plain; charset=utf-8", text);
    }

    private static FullHttpResponse response(HttpResponseStatus status, String contentType, String body) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    /** A HEAD request gets all but the body. */
    private static void answer(ChannelHandlerContext context, FullHttpResponse response, boolean head) {
        FullHttpResponse sent = head ? response.replace(Unpooled.EMPTY_BUFFER) : response;
        context.writeAndFlush(sent).addListener(_ -> {
            var _ = ((DuplexChannel) context.channel()).shutdownOutput();
        });
    }

    /** Whatever breaks a connection is the peer's affair. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("Connection of a metrics client broke", cause);
        var _ = context.close();
    }
}
