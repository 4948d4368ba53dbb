package dev.myproxy.lua.script;

import dev.myproxy.lua.Resource;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a configuration, with the error texts of Lua's own loader. */
final class ConfigurationFile {

    private ConfigurationFile() {}

    static ByteString read(Path file) throws ScriptException {
        if (Files.isDirectory(file)) {
            throw new ScriptException("cannot read " + file + ": Is a directory");
        }
        try {
            return ByteString.copyOf(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ScriptException("cannot open " + file + ": " + reason(e), e);
        }
    }

    /** Lua code that runs a configuration; its arguments are the configuration and what Lua is to call it. */
    static ByteString runner() {
        return Resource.of(ConfigurationFile.class, "configuration.lua");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            default -> String.valueOf(e.getMessage());
        };
    }
}
