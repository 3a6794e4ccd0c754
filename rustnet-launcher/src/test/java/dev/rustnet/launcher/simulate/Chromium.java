package dev.rustnet.launcher.simulate;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven through its DevTools protocol: real clicks and keys, and pictures. */
final class Chromium implements AutoCloseable {
    /** What to do when there is none. */
    static final String MISSING = "needs Chromium: apt-get install chromium, or name one in -Drustnet.chromium";

    private static final long ANSWER_SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    // Injected
    private final Process process;
    private final WebSocket socket;

    // State
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private String session = "";
    private int calls;

    private Chromium(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Messages())
                .join();
    }

    /** The program, when it is installed. */
    static Optional<Path> installed() {
        String named = System.getProperty("rustnet.chromium", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it, with an empty page. */
    static Chromium start(Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        installed().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox", // Containers run as root, and it shows nothing but our own page.
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--force-color-profile=srgb",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "chromium-output");
                drain.setDaemon(true);
                drain.start();
                Chromium chromium = new Chromium(process, URI.create(line.substring(LISTENING.length())));
                chromium.attach();
                return chromium;
            }
        }
        throw new IOException("Chromium has ended without listening");
    }

    private void attach() {
        Object target =
                call("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
        session = (String) call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId");
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
    }

    /** How large the window is, and whether the system likes it dark. */
    void window(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Opens a file, and waits until it has been drawn. */
    void open(Path page) {
        navigate("about:blank"); // Or the same address with another fragment would load nothing.
        navigate(page.toUri().toString());
        drawn();
    }

    private void navigate(String address) {
        call("Page.navigate", Map.of("url", address));
        try {
            while (!"Page.loadEventFired".equals(next("Page.navigate").get("method"))) {
                // What is told before does not matter.
            }
        } catch (IOException e) {
            throw new AssertionError(address, e);
        }
    }

    /** The value of an expression of JavaScript in the page; of a promise, once it is fulfilled. */
    Object evaluate(String expression) {
        Map<String, Object> answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        Object value = map(answer.get("result")).get("value");
        return value == null ? "" : value;
    }

    /** The text of the first element that the selector finds. */
    String text(String selector) {
        return (String) evaluate("document.querySelector('" + selector + "').innerText");
    }

    /** Waits until what has been done is drawn. */
    void drawn() {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    void click(double x, double y) {
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
        }
        drawn();
    }

    void drag(double x, double y, double toX) {
        mouse("mousePressed", x, y);
        mouse("mouseMoved", (x + toX) / 2, y);
        mouse("mouseMoved", toX, y);
        mouse("mouseReleased", toX, y);
        drawn();
    }

    private void mouse(String type, double x, double y) {
        call(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1));
    }

    void clickOn(String selector) {
        Map<String, Object> at = map(evaluate("(() => { const element = document.querySelector('" + selector
                + "'); element.scrollIntoView({ block: 'nearest' }); const box = element.getBoundingClientRect();"
                + " return { x: box.left + box.width / 2, y: box.top + box.height / 2 }; })()"));
        click(number(at.get("x")), number(at.get("y")));
    }

    /** @param key as JavaScript calls it, such as {@code ArrowRight} */
    void press(String key) {
        String text = key.length() == 1 ? key : "";
        for (String type : List.of("keyDown", "keyUp")) {
            call(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "text", type.equals("keyDown") ? text : ""));
        }
        drawn();
    }

    void type(String text) {
        call("Input.insertText", Map.of("text", text));
        drawn();
    }

    void picture(Path file) throws IOException {
        drawn();
        Object data = call("Page.captureScreenshot", Map.of("format", "png")).get("data");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode((String) data));
    }

    private Map<String, Object> call(String method, Map<String, Object> parameters) {
        int id = ++calls;
        Map<String, Object> message = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        try {
            socket.sendText(JSON.std.asString(message), true).join();
            while (true) {
                Map<String, Object> answer = next(method);
                if (Integer.valueOf(id).equals(answer.get("id"))) {
                    if (answer.containsKey("error")) {
                        throw new AssertionError(method + ": " + answer.get("error"));
                    }
                    return map(answer.get("result"));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(method, e);
        }
    }

    private Map<String, Object> next(String waiting) throws IOException {
        String text;
        try {
            text = received.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(waiting, e);
        }
        if (text == null) {
            throw new AssertionError(waiting + ": Chromium does not answer");
        }
        Map<String, Object> message = JSON.std.mapFrom(text);
        if ("Runtime.exceptionThrown".equals(message.get("method"))) {
            throw new AssertionError("the page has thrown: " + text);
        }
        return message;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }
}
