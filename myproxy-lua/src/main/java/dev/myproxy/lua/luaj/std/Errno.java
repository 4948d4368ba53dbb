package dev.myproxy.lua.luaj.std;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A failure of the operating system as C programs see it.
 *
 * @param text what {@code strerror} says on Linux
 * @param code Linux's number; 5 (input/output error) for what has no better one
 */
record Errno(String text, int code) {

    private static final int EIO = 5;

    static Errno of(IOException e) {
        return switch (e) {
            case NoSuchFileException x -> new Errno("No such file or directory", 2);
            case FileNotFoundException x -> new Errno("No such file or directory", 2);
            case AccessDeniedException x -> new Errno("Permission denied", 13);
            case FileAlreadyExistsException x -> new Errno("File exists", 17);
            case DirectoryNotEmptyException x -> new Errno("Directory not empty", 39);
            case FileSystemException x when x.getReason() != null -> ofText(x.getReason());
            default -> ofText(e.getMessage() == null ? "Input/output error" : e.getMessage());
        };
    }

    private static Errno ofText(String text) {
        return new Errno(text, switch (text) {
            case "Operation not permitted" -> 1;
            case "Bad file descriptor" -> 9;
            case "Not a directory" -> 20;
            case "Is a directory" -> 21;
            case "Invalid argument" -> 22;
            case "Too many open files" -> 24;
            case "No space left on device" -> 28;
            case "Illegal seek" -> 29;
            case "Read-only file system" -> 30;
            case "Broken pipe" -> 32;
            case "File name too long" -> 36;
            default -> EIO;
        });
    }

    /** {@code nil, text, code}. */
    Varargs results() {
        return LuaValue.varargsOf(LuaValue.NIL, LuaString.valueOf(text), LuaInteger.valueOf(code));
    }

    /** {@code nil, name: text, code}. */
    Varargs results(String name) {
        return LuaValue.varargsOf(LuaValue.NIL, LuaString.valueOf(name + ": " + text), LuaInteger.valueOf(code));
    }
}
