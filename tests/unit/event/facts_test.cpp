// Each fact's id, against what another program made of the parts that the specification names.
#include "event/facts.hpp"

#include <boost/test/unit_test.hpp>

namespace bbstream::event {

namespace {

constexpr std::string_view ledger = "3deb8c29-778a-450c-8f69-3e50a18079df";
constexpr std::string_view tip = "7ef5981d59145c3ed300b1ab77b93907d33abe59";
constexpr std::string_view zeros = "0000000000000000000000000000000000000000";
constexpr micros at = 1'785'375'349'207'341;  // 2026-07-30T01:35:49.207341Z

struct fixture {
    fact_name name;
    facts of{name, "cloud", ledger};
};

void check(uuid const& id, std::string_view expected)
{
    std::string text;
    append_uuid(text, id);
    BOOST_TEST(text == expected);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(facts_have_ids, fixture)

BOOST_AUTO_TEST_CASE(refs_and_commits)
{
    check(of.ref("refs/heads/main", zeros, tip).id(0), "423e6ead-6189-550f-a667-237497d65173");
    check(of.ref("refs/heads/main", zeros, tip).id(1), "3d61ef33-a0c2-5917-8e4b-e48ecb2e3184");
    check(of.commit(tip), "a674a7da-e67f-53ce-92c5-565064da2d6e");
    check(of.commit_comment_created("9"), "f63f6a08-e2dc-5f4e-91a1-8fd6a69c7e62");
    check(of.commit_comment_updated("9", {{}, at}), "6164aaab-1a88-5b8c-a29d-84a2ac70b4d8");
    check(of.commit_comment_updated("9", {3, {}}), "cc938249-3cac-5548-86b9-f808514a169f");
    check(of.commit_comment_deleted("9"), "2cd8645b-f086-5286-bea9-0ed3f08a24af");
    check(of.mirror_synchronized("m1", "refs/heads/main", zeros, tip).id(0), "260851f4-5d28-5b41-bc14-caf3c625f609");
    check(of.mirror_ref_limit_exceeded("m1", at), "53b881f5-9076-5df4-be73-068cd43c9ef0");
}

BOOST_AUTO_TEST_CASE(an_occurrence_takes_the_place_of_the_one_before)
{
    auto named = of.ref("refs/heads/main", zeros, tip);
    check(named.id(1), "3d61ef33-a0c2-5917-8e4b-e48ecb2e3184");
    check(named.id(0), "423e6ead-6189-550f-a667-237497d65173");
}

BOOST_AUTO_TEST_CASE(pull_requests_of_the_documented_vectors)
{
    facts datacenter(name, "dc-main", "4");
    check(datacenter.pull_request_opened(5), "788a4d9b-9859-586c-b958-a70bf3e6859d");
    check(datacenter.pull_request_merged(5), "6b8cf2d8-ac73-5a32-834f-f5e19761d75d");
    check(datacenter.reviewed(5, "2125", "approved").id(0), "d010f23f-859d-5c90-a648-30ecbb76d855");
    check(of.pull_request_updated(1, {{}, at}), "1867b458-7360-58ae-ac82-697096c64c96");
}

BOOST_AUTO_TEST_CASE(pull_requests)
{
    check(of.pull_request_superseded(7), "35bdd2bc-6d2c-56bf-a10c-02ce88c0a961");
    check(of.pull_request_deleted(7), "51c238a0-b8b7-5dfc-8d92-8886ac6d5d83");
    check(of.pull_request_declined(7, at), "0f9b0233-f144-5fb4-bdb2-192196da19fb");
    check(of.pull_request_declined(7).id(0), "4efff8c9-131b-57f7-bc66-18c41efad051");
    check(of.pull_request_reopened(7).id(1), "0f78444b-193c-58d4-874d-f3e0b55b940b");
    check(of.pull_request_updated(7, {3, at}), "fbc88727-63db-502a-b6a8-520f4c62d5e3");
    check(of.reviewers_updated(7, {{}, at}), "ed8a6f72-f8d2-5b7d-a033-abe3250dba66");
    check(of.reviewers_updated(7, {3, at}), "592e28da-2fc5-5793-a44b-44c7cd8b77ec");
    check(of.source_updated(7, tip).id(2), "e3a27370-69e9-5c93-a0e8-b932771c035c");
    check(of.target_updated(7, "refs/heads/main", tip).id(0), "e81b0a62-2511-58df-ae49-31c58450f307");
    check(of.reviewed(7, "u1", "approved", at), "e56141e4-29aa-5715-9986-6be4dde30131");
    check(of.reviewed(7, "u1", "none").id(1), "c38800b8-2280-51f1-b7d4-e1688008f9a3");
    check(of.pull_request_enriched(7, "prFullSha", tip), "bb6d4205-dcb5-5351-a686-1ce923d02e14");
}

BOOST_AUTO_TEST_CASE(twelve_digits_of_a_hash_are_as_good_as_all)
{
    BOOST_TEST((of.source_updated(7, tip).id(0) == of.source_updated(7, tip.substr(0, 12)).id(0)));
    BOOST_TEST((of.build_status(tip, "k", "FAILED", at) == of.build_status(tip.substr(0, 12), "k", "FAILED", at)));
}

BOOST_AUTO_TEST_CASE(comments_on_pull_requests)
{
    check(of.pull_request_comment_created(7, "9"), "efb737d4-b25f-5cfc-8655-4d5ab2f0d1b4");
    check(of.pull_request_comment_updated(7, "9", {{}, at}), "596a2dc0-6dc7-5208-be24-d33b902ff959");
    check(of.pull_request_comment_deleted(7, "9"), "1eb70a73-3b79-5b7e-b938-42a945c07548");
    check(of.comment_resolved(7, "9").id(0), "d3c86982-f9c7-5347-8f14-a514f98ef7c8");
    check(of.comment_reopened(7, "9").id(0), "eefa92db-33e0-5188-8f8d-5f692b6273ac");
}

BOOST_AUTO_TEST_CASE(builds)
{
    facts mybuild(name, "cloud", "673a6070-3421-46c9-9d48-90745f7bfe8e");
    constexpr micros old = 1'448'006'476'433'108;  // 2015-11-20T08:01:16.433108Z
    check(mybuild.build_status("9fec847784ab", "mybuildtool", "SUCCESSFUL", old),
          "cf0cb000-8a2f-5b54-bfc9-ed70ad2dd4b2");
    check(of.pipeline_run("p1", 1, "finished").id(0), "0d671091-7b25-56e0-9ab2-b400932826cf");
    check(of.pipeline_run("p1", {}, "finished").id(0), "0d671091-7b25-56e0-9ab2-b400932826cf");
    check(of.pipeline_run("p1", 2, "finished").id(0), "20f01dc6-72a4-5488-b784-b61efcbd35c9");
    check(of.pipeline_step("s1", {}, "finished").id(0), "0f9f0924-af02-5c22-ae51-25a594b927d6");
    check(of.deployment("d1", "started"), "e9937bba-6035-5ff2-b08d-cb77408399d4");
    check(of.deployment("prod", 12, "release", "finished"), "c50413a9-1ffe-51a7-8997-11cf5b6c0ba6");
}

BOOST_AUTO_TEST_CASE(issues)
{
    check(of.issue_created(7), "5144e936-23f0-5dca-a535-042b8387f845");
    check(of.issue_updated(7, at), "aff1f4f8-675c-5a9f-b205-590c171fa0af");
    check(of.issue_comment_created(7, "9"), "efbb9332-b2dc-5740-8b35-32c5dfb05984");
}

BOOST_AUTO_TEST_CASE(repositories_and_projects)
{
    std::array const changes{field_change{"private", false, true}, field_change{"name", "Books", "Ledger"}};
    std::array const owner{field_change{"ownerId", "u1", "u1"}};
    check(of.repository_created(), "452586d0-05dd-57e3-9838-01e9be980517");
    check(of.repository_imported(), "3ca1dabf-73e0-59e9-b187-b9decccf7e29");
    check(of.repository_deleted(), "fccea36f-90cf-5136-b340-4afd0b299651");
    check(of.repository_forked(), "e4a2dceb-8335-503e-bd86-0fd77a15b2de");
    check(of.repository_updated(changes).id(0), "1a520dd3-77a7-5612-b604-e8a9e2b16a85");
    check(of.repository_updated(changes, at), "e9499548-51f9-5153-8c36-5c5e88156561");
    check(of.repository_transferred(owner).id(0), "604dd7fa-ff11-5ce7-8a64-9aa965ca3957");
    check(of.project_updated(changes).id(0), "6c2d82e3-9e32-5fdd-892f-fa312feb1450");
    check(of.project_updated(changes, at), "8deec81a-5fbe-588a-a11c-0995c0460799");
}

BOOST_AUTO_TEST_CASE(what_bbstream_finds_itself)
{
    check(of.secret_detected(tip, "a/b.env", 3, "AWS key"), "641e5ca5-45e3-5d71-9492-5356af64dd1f");
    check(of.snapshot("ref", "refs/heads/main", "0a1b").id(0), "1b3f4178-bb9d-5021-81ed-d4cca3fa9a6b");
    check(of.gap("refs/heads/main", tip, zeros, tip, "chain").id(0), "c0297b79-9554-5e04-8a7e-f33068468b9d");
    check(backfill_started_fact(name, "cloud", "repository", ledger, 1042), "dc5027b8-48ed-5c75-be7d-b4559f291c29");
    check(backfill_finished_fact(name, "cloud", "all", "-", 1042), "0d906a27-6e9a-5668-8575-277df3d98180");
    check(unknown_fact(name, "cloud", "-", "ab", "changes/2"), "86fe1dfd-4010-5490-8af0-e118e287b48e");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace bbstream::event
