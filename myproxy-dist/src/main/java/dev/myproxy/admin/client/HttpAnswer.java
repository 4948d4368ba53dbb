package dev.myproxy.admin.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer to an HTTP/1.0 request. Pure. */
final class HttpAnswer {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d{1,10})$");
    private static final String HEAD_END = "\r\n\r\n";

    private final int status;
    private final byte[] body;

    private HttpAnswer(int status, byte[] body) {
        this.status = status;
        this.body = body;
    }

    /**
     * Reads what came until the stream ended.
     *
     * @throws IOException if that is not HTTP, or only a part of an answer
     */
    static HttpAnswer read(byte[] stream) throws IOException {
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(HEAD_END);
        if (end < 0) {
            throw new IOException(stream.length == 0
                    ? "it closed the connection without an answer"
                    : "what answers there speaks no HTTP");
        }
        String head = text.substring(0, end).replace("\r", "");
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("what answers there speaks no HTTP");
        }
        byte[] body = Arrays.copyOfRange(stream, end + HEAD_END.length(), stream.length);
        Matcher length = LENGTH.matcher(head);
        if (length.find() && Long.parseLong(length.group(1)) != body.length) {
            throw new IOException("the answer broke off");
        }
        return new HttpAnswer(Integer.parseInt(status.group(1)), body);
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body;
    }

    /** What the daemon says of what went wrong. */
    String error() {
        try {
            return JsonFields.parse(body).text("error").orElseGet(this::foreign);
        } catch (AdminException _) {
            return foreign();
        }
    }

    private String foreign() {
        return "HTTP status " + status + "; is this really the socket of admin_listen?";
    }
}
