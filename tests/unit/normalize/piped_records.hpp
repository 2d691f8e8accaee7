// Records of a repository of Cloud, one after the other, as REST shows what runs in it and as spans tell of that.
#pragma once

#include "support/folding.hpp"

#include <string>
#include <utility>
#include <vector>

namespace bbstream::test {

using strings = std::vector<std::string>;

inline constexpr micros second = 1'000'000;
inline constexpr int grace = 30;

inline std::string time_at(int minute)
{
    std::string text;
    append_rfc3339(text, start_time + minute * 60 * second);
    return text;
}

// A run of a pipeline, and its bodies.
struct run {
    std::string id = "p1";
    int number = 1;
    std::string state = "COMPLETED";  // else that of IN_PROGRESS's stage
    int made = 0;                     // minutes
    int ended = 5;
    std::string result = "SUCCESSFUL";

    std::string rest() const
    {
        std::string const stage = state == "RUNNING" || state == "PAUSED"
                                      ? R"("name":"IN_PROGRESS","stage":{"name":")" + state + R"("})"
                                  : state == "COMPLETED" ? R"("name":"COMPLETED","result":{"name":")" + result + R"("})"
                                                         : R"("name":")" + state + "\"";
        return R"({"uuid":"{)" + id + R"(}","build_number":7,"run_number":)" + std::to_string(number) +
               R"(,"state":{)" + stage + R"(},"created_on":")" + time_at(made) + "\"" +
               (state == "COMPLETED" ? R"(,"completed_on":")" + time_at(ended) + R"(","duration_in_seconds":90)" : "") +
               R"(,"trigger":{"name":"PUSH"},"target":{"ref_type":"branch","ref_name":"main","commit":{"hash":")" +
               std::string(40, 'a') + R"("}}})";
    }
};

struct piped_records {
    folder in;
    std::string meta;
    micros now = start_time;
    bool fresh = false;
    strings ids, values;  // of the last record's events

   protected:
    // A page of a walk; `next`: there is one behind it.
    template <class Shown>
    strings list(std::string const& key, int number, bool next, std::vector<Shown> const& shown)
    {
        begin_meta(R"(,"page":)" + std::to_string(number) + (next ? R"(,"next":"/more")" : ""));
        return apply(key, list_of(shown));
    }
    // One that was asked for by its id, which `member` holds; `body`: empty where it is not there.
    strings one(std::string const& key, std::string const& member, std::string const& id, std::string const& body)
    {
        begin_meta(R"(,"page":0,"found":)" + std::string(body.empty() ? "false" : "true") + ",\"" + member + R"(":")" +
                   id + "\"");
        return apply(key, body.empty() ? R"({"type":"error"})" : body);
    }

    template <class Shown>
    static std::string list_of(std::vector<Shown> const& shown)
    {
        std::string all;
        for (auto const& each : shown)
            all += (all.empty() ? "" : ",") + each.rest();
        return R"({"values":[)" + all + "]}";
    }

    static std::string attribute(std::string const& key, std::string const& value)
    {
        return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
    }

    strings span(std::string const& name, std::string const& own, int number, int ended, int late)
    {
        meta.clear();
        auto const at = (start_time + (ended * 60 + late) * second) * 1000;
        return apply("pipeline:span_created", R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":")" + name +
                                                  R"(","endTimeUnixNano":")" + std::to_string(at) +
                                                  R"(","attributes":[)" + own + "," +
                                                  attribute("pipeline_run.run_number", std::to_string(number)) + "," +
                                                  attribute("pipeline.repository.uuid", "{r1}") + "]}]}]}]}");
    }

    void begin_meta(std::string const& more)
    {
        meta =
            R"({"repository":{"uuid":"{r1}","full_name":"acme/one","links":{"html":{"href":"https://b/acme/one"}}})" +
            std::string(R"(,"asof":)") + std::to_string(in.next - 1) + R"(,"grace":)" + std::to_string(grace) +
            (fresh ? R"(,"fresh":true)" : "") + more + "}";
    }

    // "type subject" of each event, but for the delivery as it came.
    strings apply(std::string const& key, std::string text)
    {
        auto const events = in.apply({.body = std::move(text),
                                      .event_key = key,
                                      .received = now,
                                      .origin = meta.empty() ? journal::origin::webhook : journal::origin::poll,
                                      .meta = meta});
        values = encode_all(events);
        strings kinds;
        ids.clear();
        for (auto const& each : events) {
            if (each.type == event::type::delivery_received)
                continue;
            kinds.push_back(type_name(each.type) + " " + std::string(each.subject));
            ids.push_back(id_text(each));
        }
        now += grace * second;
        return kinds;
    }
};

}  // namespace bbstream::test
