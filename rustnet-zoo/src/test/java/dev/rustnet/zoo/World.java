package dev.rustnet.zoo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A class loader in which a bug lives: the patched classes, and anew all classes that know them. What is not concerned is
 * shared with everybody, because it is warm.
 */
final class World extends ClassLoader {
    private static final Set<String> KERNEL =
            Set.of("dev.rustnet.core.", "dev.rustnet.node.", "dev.rustnet.testkit.", "dev.rustnet.zoo.");
    private static final Set<String> PLUGINS = Set.of("dev.rustnet.plugins.", "dev.rustnet.zoo.");

    // Injected
    private final Map<String, byte[]> patched;
    private final Set<String> anew;

    private World(Map<String, byte[]> patched) {
        super(World.class.getClassLoader());
        this.patched = patched;
        boolean inKernel = patched.keySet().stream()
                .anyMatch(name -> name.startsWith("dev.rustnet.core.") || name.startsWith("dev.rustnet.node."));
        this.anew = inKernel ? KERNEL : PLUGINS;
    }

    /** The world with that bug in it. */
    static World with(Bug bug) {
        return new World(compiled(bug));
    }

    /** Runs something of this package, in this world. */
    Map<String, String> run(Class<? extends Errand> errand, Map<String, String> order) {
        return run(this, errand, order);
    }

    /** Runs something of this package without any bug, whichever world asks for it. */
    static Map<String, String> real(Class<? extends Errand> errand, Map<String, String> order) {
        ClassLoader here = World.class.getClassLoader();
        // In a world with a bug, this class too was made anew, by a loader whose parent knows nothing of bugs.
        boolean inWorld = here.getClass().getName().equals(World.class.getName());
        return run(inWorld ? here.getParent() : here, errand, order);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> run(
            ClassLoader world, Class<? extends Errand> errand, Map<String, String> order) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(world);
        try {
            Object here =
                    world.loadClass(errand.getName()).getDeclaredConstructor().newInstance();
            return ((java.util.function.UnaryOperator<Map<String, String>>) here).apply(order);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Crosses the border between worlds, which texts alone can. */
    interface Errand extends java.util.function.UnaryOperator<Map<String, String>> {}

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            byte[] code = patched.get(name);
            if (code == null && anew.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] bytes = code == null ? original(name) : code;
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static Map<String, byte[]> compiled(Bug bug) {
        List<JavaFileObject> sources = new ArrayList<>();
        Patch patch = bug.patch();
        for (String path : patch.files().keySet()) {
            try {
                sources.add(new Source(
                        path, patch.apply(path, Files.readString(Bug.root().resolve(path)))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "rustnet-zoo/bugs/" + bug.name()
                                + ".diff does not fit the real code any more: what it replaces " + e.getMessage()
                                + "Write the same mistake into the present code.",
                        e);
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
                Output output = new Output(standard)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-classpath", classPath());
            if (!compiler.getTask(words, output, null, options, null, sources).call()) {
                throw new IllegalStateException(bug.name() + " cannot be compiled:\n" + words);
            }
            return output.classes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Surefire hands the real one over in a property of its own. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path.replaceFirst("^.*/src/main/java/", "")), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Output extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Output(StandardJavaFileManager standard) {
            super(standard);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
