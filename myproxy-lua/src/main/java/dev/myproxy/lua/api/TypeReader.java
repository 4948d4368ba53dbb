package dev.myproxy.lua.api;

import java.util.LinkedHashSet;
import java.util.Set;

/** Reads a type in LuaLS's notation from the beginning of a text. Pure. */
final class TypeReader {

    private final String text;
    private final Place place;
    private final Set<String> names = new LinkedHashSet<>();
    private int at;

    TypeReader(String text, Place place) {
        this.text = text;
        this.place = place;
    }

    /** A type, and what follows it; {@code hash} says that there was a {@code #} between them. */
    record Read(String type, Set<String> names, boolean hash, String rest) {}

    /**
     * Reads one type.
     *
     * @throws AnnotationException if there is none
     */
    Read read() {
        union();
        String rest = text.substring(at);
        if (!rest.isEmpty() && !Character.isWhitespace(rest.charAt(0))) {
            throw wrong("expected a space after the type");
        }
        boolean hash = rest.strip().startsWith("#");
        return new Read(text.substring(0, at).strip(), names, hash, rest.strip().substring(hash ? 1 : 0).strip());
    }

    private void union() {
        suffixed();
        while (next("|")) {
            suffixed();
        }
    }

    private void suffixed() {
        primary();
        while (at < text.length() && (text.startsWith("?", at) || text.startsWith("[]", at))) {
            at += text.charAt(at) == '?' ? 1 : 2;
        }
    }

    private void primary() {
        spaces();
        if (next("(")) {
            union();
            expect(")");
        } else if (next("{")) {
            list("}", true);
        } else if (text.startsWith("fun(", at)) {
            at += 4;
            function();
        } else if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end < 0) {
                throw wrong("the string does not end");
            }
            at = end + 1;
        } else {
            String name = name();
            if (!Character.isDigit(name.charAt(0))) {
                names.add(name);
            }
            if (at < text.length() && text.charAt(at) == '<') {
                at++;
                list(">", false);
            }
        }
    }

    private void function() {
        list(")", true);
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            union();
            while (next(",")) {
                union();
            }
        }
    }

    /** Types with commas between them; named ones, {@code name: type}, perhaps. */
    private void list(String end, boolean named) {
        while (!next(end)) {
            if (named) {
                label();
            }
            union();
            if (!next(",")) {
                expect(end);
                return;
            }
        }
    }

    private void label() {
        spaces();
        if (next("[")) {
            union();
            expect("]");
        } else if (!next("...")) {
            name();
            next("?");
        }
        expect(":");
    }

    private String name() {
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.-".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == begin) {
            throw wrong("a type is missing");
        }
        return text.substring(begin, at);
    }

    private void spaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean next(String word) {
        int begin = at;
        spaces();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        at = begin;
        return false;
    }

    private void expect(String word) {
        if (!next(word)) {
            throw wrong("expected " + word);
        }
    }

    private AnnotationException wrong(String message) {
        return new AnnotationException(place, message + " in \"" + text + "\", character " + (at + 1));
    }
}
