package dev.myproxy.lua.luaj.std;

import java.io.IOException;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;

/** The userdata of an open or closed file. */
final class FileObject extends LuaUserdata {

    private final LuaFile file;
    private final boolean standard;
    private boolean closed;

    /**
     * @param standard whether it is one of the process's own streams, which scripts can't close
     */
    FileObject(LuaFile file, boolean standard, LuaValue metatable) {
        super(file, metatable);
        this.file = file;
        this.standard = standard;
    }

    LuaFile file() {
        return file;
    }

    boolean isClosed() {
        return closed;
    }

    void close() throws IOException {
        if (standard) {
            file.flush();
            return;
        }
        closed = true;
        file.close();
    }
}
