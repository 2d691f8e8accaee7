// Changes of Jira Cloud's issues.
#include "event/json_writer.hpp"
#include "rest/actions.hpp"
#include "rest/carry_out.hpp"
#include "rest/json.hpp"
#include "rest/target.hpp"

#include <algorithm>
#include <cctype>

namespace bbstream::rest {
namespace {

using event::json_writer;

// Every project has it.
constexpr std::string_view issue_type = "Task";

// Plain text as an Atlassian document: a paragraph a line.
void write_document(json_writer& to, std::string_view text)
{
    to.begin_object();
    to.text<"type">("doc");
    to.number<"version">(1);
    to.name<"content">();
    to.begin_array();
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        to.element();
        to.begin_object();
        to.text<"type">("paragraph");
        to.name<"content">();
        to.begin_array();
        if (!line.empty()) {
            to.element();
            to.begin_object();
            to.text<"type">("text");
            to.text<"text">(line);
            to.end_object();
        }
        to.end_array();
        to.end_object();
    }
    to.end_array();
    to.end_object();
}

std::string creation(std::string_view project, std::string_view title, std::string_view text)
{
    std::string body;
    json_writer to(body);
    to.begin_object();
    to.name<"fields">();
    to.begin_object();
    to.name<"project">();
    to.begin_object();
    to.text<"key">(project);
    to.end_object();
    to.name<"issuetype">();
    to.begin_object();
    to.text<"name">(issue_type);
    to.end_object();
    to.text<"summary">(title);
    if (!text.empty()) {
        to.name<"description">();
        write_document(to, text);
    }
    to.end_object();
    to.end_object();
    return body;
}

bool same_name(std::string_view one, std::string_view other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

// The id of the transition of that name, or to the state of that name.
result<std::string> find_transition(json const& answer, std::string const& key, std::string_view to)
{
    std::string names;
    for (auto const& each : answer["transitions"].elements()) {
        auto const name = each["name"].text().value_or("");
        if (same_name(name, to) || same_name(each["to"]["name"].text().value_or(""), to))
            return std::string(each["id"].text().value_or(""));
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return failure{failure_kind::invalid,
                   key + ": no transition leads to " + std::string(to) + " from here (there are " + names + ")"};
}

class jira_tracker : public tracker {
   public:
    jira_tracker(client& over, std::string api, std::string site, std::string project)
        : over_(over), api_(std::move(api)), site_(std::move(site)), project_(std::move(project))
    {
    }

    net::task<result<outcome>> create(std::string title, std::string text) override
    {
        auto const what = change(method::post, api_ + "/rest/api/3/issue", creation(project_, title, text));
        auto const answer = co_await over_.ask(what);
        if (!answer)
            co_return answer.error();
        json_document document;
        std::string const key(document.parse(answer->body)["key"].text().value_or(""));
        if (key.empty())
            co_return not_named("issue");
        co_return outcome{key + " created", key, site_ + "/browse/" + key};
    }

    net::task<result<outcome>> comment(std::string key, std::string text) override
    {
        std::string body;
        json_writer to(body);
        to.begin_object();
        to.name<"body">();
        write_document(to, text);
        to.end_object();
        return carry_out(over_, change(method::post, issue(key).path("/comment").text(), body), {"comment", "id", {}},
                         {key + ": commented", key, site_ + "/browse/" + key});
    }

    net::task<result<outcome>> transition(std::string key, std::string to) override
    {
        request possible;
        possible.target = issue(key).path("/transitions").text();
        auto const answer = co_await over_.ask(possible);
        if (!answer)
            co_return answer.error();
        json_document document;
        auto const id = find_transition(document.parse(answer->body), key, to);
        if (!id)
            co_return id.error();
        std::string body = R"({"transition":{"id":)";
        event::append_json_string(body, *id);
        auto const doing = change(method::post, possible.target, body + "}}");
        proof const by{"transition", {}, {}};
        outcome const done{key + " is " + to, key, site_ + "/browse/" + key};
        co_return co_await carry_out(over_, doing, by, done);
    }

   private:
    target issue(std::string const& key) const { return target(api_ + "/rest/api/3/issue").segment(key); }

    client& over_;
    std::string const api_;
    std::string const site_;
    std::string const project_;
};

}  // namespace

std::unique_ptr<tracker> make_jira_tracker(client& over, std::string api_path, std::string site, std::string project)
{
    return std::make_unique<jira_tracker>(over, std::move(api_path), std::move(site), std::move(project));
}

}  // namespace bbstream::rest
