package dev.myproxy.pg.conninfo;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The options that were given, by whatever source. An option can be given and empty. */
final class Given {

    /** What libpq once had instead of {@code sslmode}. */
    private static final String REQUIRESSL = "requiressl";

    private final Map<Keyword, String> values = new EnumMap<>(Keyword.class);

    /** Sets an option of a connection string; the last one counts. */
    void set(Keyword keyword, String value) {
        values.put(keyword, value);
    }

    /**
     * Sets an option by its name.
     *
     * @return false if nothing is called so
     */
    boolean set(String name, String value) {
        if (name.equals(REQUIRESSL)) {
            set(Keyword.SSLMODE, value.startsWith("1") ? "require" : "prefer");
            return true;
        }
        Optional<Keyword> keyword = Keyword.of(name);
        keyword.ifPresent(known -> set(known, value));
        return keyword.isPresent();
    }

    void setIfAbsent(Keyword keyword, String value) {
        values.putIfAbsent(keyword, value);
    }

    Optional<String> get(Keyword keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    /** Where an empty value means the same as none. */
    Optional<String> nonEmpty(Keyword keyword) {
        return get(keyword).filter(value -> !value.isEmpty());
    }

    /** Takes from the environment what is not there yet. */
    void addVariables(Surroundings surroundings) {
        for (Keyword keyword : Keyword.values()) {
            keyword.variable.flatMap(surroundings::variable).ifPresent(value -> setIfAbsent(keyword, value));
        }
        if (surroundings.variable("PGREQUIRESSL").filter(value -> value.startsWith("1")).isPresent()) {
            setIfAbsent(Keyword.SSLMODE, "require");
        }
    }
}
