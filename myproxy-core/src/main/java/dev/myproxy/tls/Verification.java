package dev.myproxy.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server has to prove. */
public enum Verification {
    /** That an authority vouches for it, under the name that it is looked for by. */
    FULL,
    /** That an authority vouches for it, under whatever name. */
    CA,
    /** Nothing: who listens learns nothing, but whoever answers is believed. */
    NONE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in configurations. */
    public String text() {
        return text;
    }

    /** The one with a name. */
    public static Optional<Verification> of(String text) {
        return Stream.of(values()).filter(one -> one.text.equals(text)).findFirst();
    }
}
