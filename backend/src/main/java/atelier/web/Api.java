package atelier.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** Which requests are a program's and get JSON, and which are a person's and get a page. */
final class Api {

    private static final String ROOT = "/api/";

    private Api() {}

    static boolean isCalled(HttpServletRequest request) {
        return path(request).startsWith(ROOT);
    }

    /** The path first asked for, also while the error page is being made. */
    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
    }
}
