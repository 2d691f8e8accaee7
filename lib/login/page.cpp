#include "login/page.hpp"

namespace bbstream::login {
namespace {

std::string escaped(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string_view reason_of(unsigned status)
{
    switch (status) {
        case 200:
            return "OK";
        case 404:
            return "Not Found";
        default:
            return "Bad Request";
    }
}

}  // namespace

std::string page(unsigned status, std::string_view title, std::string_view text)
{
    auto const body =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>bbstream</title>"
        "<body style=\"font-family:sans-serif;max-width:40em;margin:4em auto\"><h1>" +
        escaped(title) + "</h1><p>" + escaped(text) + "</p></body></html>\n";
    // The address that led here has the code in it: it goes nowhere else, and nothing is kept.
    return "HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reason_of(status)) +
           "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
           "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n" +
           body;
}

}  // namespace bbstream::login
