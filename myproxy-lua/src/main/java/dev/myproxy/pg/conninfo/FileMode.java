package dev.myproxy.pg.conninfo;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Who may use a file with a secret in it.
 *
 * @param mode as of stat(2), with the type's bits
 * @param owner a user id
 */
record FileMode(int mode, int owner) {

    private static final int GROUP_AND_OTHERS = 0077;
    /** What the group may not do with a file of root's, and others not at all. */
    private static final int MORE_THAN_GROUP_READS = 0037;

    static FileMode of(Path file) throws IOException {
        return new FileMode((Integer) Files.getAttribute(file, "unix:mode"),
                (Integer) Files.getAttribute(file, "unix:uid"));
    }

    boolean onlyOwner() {
        return (mode & GROUP_AND_OTHERS) == 0;
    }

    /** Also true for keys that root lets a group read. */
    boolean goodForKey() {
        return (mode & (owner == 0 ? MORE_THAN_GROUP_READS : GROUP_AND_OTHERS)) == 0;
    }

    /** Why a file could not be read, without its name. */
    static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "Permission denied";
            case NoSuchFileException _ -> "No such file or directory";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
