package dev.myproxy.it.matrix;

import dev.myproxy.peers.Scrambles;
import java.nio.charset.StandardCharsets;

/** What the script of a listener with {@code auth = 'hash'} has of {@link Password#RIGHT}. */
enum StoredHash {

    NATIVE("hash", "`*...`", Scrambles.nativeHash(Password.RIGHT.text().getBytes(StandardCharsets.UTF_8))),

    SHA2("crypt", "`$A$...`", "$A$005$twentyprintablebytesr/w9NCbGe5NDSyisWxbVtKMzwaDyFtCvrh7VgWW6aO9");

    private final String word;
    private final String title;
    private final String text;

    StoredHash(String word, String title, String text) {
        this.word = word;
        this.title = title;
        this.text = text;
    }

    String title() {
        return title;
    }

    /** As the server would store it. */
    String text() {
        return text;
    }

    /** The account whose password it is. */
    String account(String client) {
        return client + "_" + word;
    }

    String word() {
        return word;
    }
}
