package dev.myproxy.lua.api;

/** An annotation file does not say what it must, or not in the words that {@link Api} reads. */
public final class AnnotationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AnnotationException(Place place, String message) {
        super(place + ": " + message);
    }
}
