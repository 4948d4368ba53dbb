package dev.myproxy.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failure says, and what its causes say. */
final class Causes {

    private Causes() {}

    /**
     * The messages of an exception and its causes, outermost first. Wrappers without a message of their own are left out,
     * and so is what was said before; an exception that has no message shows its class.
     */
    static List<String> messages(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable t = failure; t != null && messages.size() < 20; t = t.getCause()) {
            String message = t.getMessage();
            boolean wrapper = t instanceof CompletionException || t instanceof ExecutionException
                    || (t.getCause() != null && t.getCause().toString().equals(message));
            if (wrapper && t.getCause() != null) {
                continue;
            }
            String text = message == null || message.isBlank() ? t.getClass().getName() : message;
            if (messages.stream().noneMatch(said -> said.contains(text))) {
                messages.add(text);
            }
        }
        return messages;
    }

    /** The failure that an asynchronous call wrapped. */
    static Throwable unwrap(Throwable failure) {
        return (failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }
}
