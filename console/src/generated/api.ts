// Generated from the OpenAPI schema by console/build.mjs. Do not edit.
export interface paths {
    "/api/v1/chat/canned-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Canned */
        get: operations["list_canned_api_v1_chat_canned_replies_get"];
        put?: never;
        /**
         * Add Canned
         * @description `shared` ones are for everybody, and an admin's to write.
         */
        post: operations["add_canned_api_v1_chat_canned_replies_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/canned-replies/{canned_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change Canned */
        put: operations["change_canned_api_v1_chat_canned_replies__canned_id__put"];
        post?: never;
        /** Delete Canned */
        delete: operations["delete_canned_api_v1_chat_canned_replies__canned_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Conversations
         * @description Conversations that the caller takes part in, newest message first; `view` shows the inbox's other lists.
         */
        get: operations["list_conversations_api_v1_chat_conversations_get"];
        put?: never;
        /**
         * Start Conversation
         * @description Write to a contact first: their newest conversation, taken over.
         */
        post: operations["start_conversation_api_v1_chat_conversations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts
         * @description How many conversations each view has.
         */
        get: operations["counts_api_v1_chat_conversations_counts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Conversation
         * @description With what is known of the visits. Every look is audited.
         */
        get: operations["get_conversation_api_v1_chat_conversations__uuid__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Label
         * @description Quality, outcome, tags, and what the conversation is about.
         */
        patch: operations["label_api_v1_chat_conversations__uuid__patch"];
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive
         * @description Seed 000's name for closing without an outcome.
         */
        post: operations["archive_api_v1_chat_conversations__uuid__archive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assign */
        post: operations["assign_api_v1_chat_conversations__uuid__assign_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block */
        post: operations["block_api_v1_chat_conversations__uuid__block_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/canned/{canned_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill In Canned
         * @description The text with its variables filled in, in the visitor's language; sending it is another matter.
         */
        post: operations["fill_in_canned_api_v1_chat_conversations__uuid__canned__canned_id__post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close */
        post: operations["close_api_v1_chat_conversations__uuid__close_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Conversation Events
         * @description One conversation live, notes and the running reply included; `Last-Event-ID` goes on exactly there.
         */
        get: operations["get_conversation_events_api_v1_chat_conversations__uuid__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Messages
         * @description Oldest first. Without a position the newest page; `before` and `after` a `seq` go on in either direction.
         *
         *     `cursor` is where the conversation's events go on from.
         */
        get: operations["list_messages_api_v1_chat_conversations__uuid__messages_get"];
        put?: never;
        /**
         * Send Message
         * @description A message to the visitor, from whoever has the conversation.
         */
        post: operations["send_message_api_v1_chat_conversations__uuid__messages_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Note
         * @description A note for colleagues: neither the visitor nor the model ever sees it.
         */
        post: operations["add_note_api_v1_chat_conversations__uuid__notes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark Read */
        put: operations["mark_read_api_v1_chat_conversations__uuid__read_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen */
        post: operations["reopen_api_v1_chat_conversations__uuid__reopen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Replies
         * @description How each reply of a conversation was made: version, model, rubric, sources, tokens.
         */
        get: operations["list_replies_api_v1_chat_conversations__uuid__replies_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand Back
         * @description To the assistant, with a note for it.
         */
        post: operations["hand_back_api_v1_chat_conversations__uuid__return_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Snooze */
        post: operations["snooze_api_v1_chat_conversations__uuid__snooze_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suggest
         * @description A draft of the next message, marked as AI; sending it is the seller's. Null, with the reason, without one.
         */
        post: operations["suggest_api_v1_chat_conversations__uuid__suggestion_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Summary
         * @description What somebody of the staff wrote is not overwritten by itself any more.
         */
        put: operations["put_summary_api_v1_chat_conversations__uuid__summary_put"];
        /**
         * Summarise
         * @description Make the handoff's summary anew: by the model, or by rules from what is known.
         */
        post: operations["summarise_api_v1_chat_conversations__uuid__summary_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take Over
         * @description Atomic: of two, one wins; the other gets 409 with the winner's name.
         */
        post: operations["take_over_api_v1_chat_conversations__uuid__take_over_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add Task */
        post: operations["add_task_api_v1_chat_conversations__uuid__tasks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post Typing */
        post: operations["post_typing_api_v1_chat_conversations__uuid__typing_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/conversations/{uuid}/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark Unread
         * @description Unread again for the caller, from a message on; without one, from the visitor's last.
         */
        put: operations["mark_unread_api_v1_chat_conversations__uuid__unread_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Events
         * @description Live: every conversation that the caller may see, and who of the staff is there.
         *
         *     With `Last-Event-ID` the lines that changed since; without, `chat.sync` says to fetch the list.
         */
        get: operations["get_events_api_v1_chat_events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Hours
         * @description When the site's people are there, and whether that is now.
         */
        get: operations["get_hours_api_v1_chat_hours_get"];
        /**
         * Put Hours
         * @description Replaces them all; in force within seconds.
         */
        put: operations["put_hours_api_v1_chat_hours_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agent Message
         * @description Seed 003: a message of the agent who has the session.
         */
        post: operations["agent_message_api_v1_chat_messages_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Message
         * @description It keeps its place and says `is_deleted`.
         */
        delete: operations["delete_message_api_v1_chat_messages__message_id__delete"];
        options?: never;
        head?: never;
        /**
         * Edit Message
         * @description One's own, within fifteen minutes.
         */
        patch: operations["edit_message_api_v1_chat_messages__message_id__patch"];
        trace?: never;
    };
    "/api/v1/chat/messages/{message_id}/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add Reaction */
        post: operations["add_reaction_api_v1_chat_messages__message_id__reactions_post"];
        /** Remove Reaction */
        delete: operations["remove_reaction_api_v1_chat_messages__message_id__reactions_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/public/message": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Message
         * @description Store a message and answer it, as POST /api/webchat/messages does; streamed where that is asked for.
         */
        post: operations["message_api_v1_chat_public_message_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/public/session/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Session
         * @description The session's messages, for whoever has its token.
         */
        get: operations["session_api_v1_chat_public_session__session_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/public/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start
         * @description A new session. `token` is shown once. What is typed about oneself is kept; without consent it is no lead.
         */
        post: operations["start_api_v1_chat_public_start_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sessions
         * @description Seed 003: what the caller may see, as sessions.
         */
        get: operations["list_sessions_api_v1_chat_sessions_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/sessions/{session_id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assign Session */
        post: operations["assign_session_api_v1_chat_sessions__session_id__assign_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/sessions/{session_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Session Messages */
        get: operations["session_messages_api_v1_chat_sessions__session_id__messages_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Tasks
         * @description Soonest first (`done`: newest first). `open` and `overdue` are everybody's that the caller may see.
         */
        get: operations["list_tasks_api_v1_chat_tasks_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Task
         * @description Another date, another text, somebody else's.
         */
        patch: operations["change_task_api_v1_chat_tasks__task_id__patch"];
        trace?: never;
    };
    "/api/v1/chat/tasks/{task_id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete Task */
        post: operations["complete_task_api_v1_chat_tasks__task_id__complete_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Unread Count */
        get: operations["unread_count_api_v1_chat_unread_count_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Views */
        get: operations["list_views_api_v1_chat_views_get"];
        put?: never;
        /** Add View */
        post: operations["add_view_api_v1_chat_views_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chat/views/{view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change View */
        put: operations["change_view_api_v1_chat_views__view_id__put"];
        post?: never;
        /** Delete View */
        delete: operations["delete_view_api_v1_chat_views__view_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Cases
         * @description Those that count, or those that were put away.
         */
        get: operations["list_cases_api_v1_evals_cases_get"];
        put?: never;
        /** Add Case */
        post: operations["add_case_api_v1_evals_cases_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/cases/from-conversation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add From Conversation
         * @description What is personal in it is replaced by stand-ins before it is stored.
         */
        post: operations["add_from_conversation_api_v1_evals_cases_from_conversation_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/cases/{case_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace Case
         * @description Another content is another revision: results count for the one they were made with.
         */
        put: operations["replace_case_api_v1_evals_cases__case_id__put"];
        post?: never;
        /**
         * Archive Case
         * @description It is run no more and keeps nobody from publishing; its results stay.
         */
        delete: operations["archive_case_api_v1_evals_cases__case_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/cases/{case_id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Case History
         * @description What became of a case, newest first: who did what and when, and the whole case as it was after that.
         */
        get: operations["case_history_api_v1_evals_cases__case_id__history_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/cases/{case_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore Case */
        post: operations["restore_case_api_v1_evals_cases__case_id__restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Runs */
        get: operations["list_runs_api_v1_evals_runs_get"];
        put?: never;
        /**
         * Start Run
         * @description Cases against versions, in the background.
         */
        post: operations["start_run_api_v1_evals_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Run
         * @description How far it is, and the table of cases and versions, what got worse first.
         */
        get: operations["get_run_api_v1_evals_runs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Run */
        post: operations["cancel_run_api_v1_evals_runs__run_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/evals/runs/{run_id}/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Continue Run
         * @description What was stopped, broke off or lost its server, from where it was. 409 `eval.not_stopped` of any other.
         */
        post: operations["continue_run_api_v1_evals_runs__run_id__continue_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Documents */
        get: operations["list_documents_api_v1_knowledge_documents_get"];
        put?: never;
        /**
         * Save Document
         * @description Add it, or replace the one of the same slug and language.
         */
        post: operations["save_document_api_v1_knowledge_documents_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/documents/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Document */
        get: operations["get_document_api_v1_knowledge_documents__slug__get"];
        put?: never;
        post?: never;
        /** Delete Document */
        delete: operations["delete_document_api_v1_knowledge_documents__slug__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Items
         * @description By id; `after` is the last page's `next`. `q` is looked for in title and id.
         */
        get: operations["list_items_api_v1_knowledge_items_get"];
        /**
         * Put Items
         * @description Add one item, or replace the one of the same id: complete, what is left out is not known.
         */
        put: operations["put_items_api_v1_knowledge_items_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/items/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Items
         * @description A catalogue as CSV (`text/csv`) or JSON. `merge` adds and changes; `replace` also removes what is not in it.
         *
         *     One mistake and nothing changes: the answer names each by line and field.
         */
        post: operations["import_items_api_v1_knowledge_items_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/items/{item_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete Item */
        delete: operations["delete_item_api_v1_knowledge_items__item_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/meaning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Meaning
         * @description Whether knowledge is also searched by what it means, and how far: {model, vectors, total, embedded, failed,
         *     failure}. `model` null: none is configured; `vectors` false: the database has no pgvector. The rest counts texts.
         */
        get: operations["get_meaning_api_v1_knowledge_meaning_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/knowledge/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search
         * @description What the assistant would find for a question. `near`: how much it means what was asked (0 to 1), null where only
         *     words were compared.
         */
        get: operations["search_api_v1_knowledge_search_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Leads
         * @description Newest first. Marketing sees whom a lead is about only where the visitor has agreed to be contacted.
         */
        get: operations["list_leads_api_v1_leads_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts
         * @description How many there are of each quality and outcome, captured, and in the gap queue, under the same filter.
         */
        get: operations["counts_api_v1_leads_counts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Exports
         * @description The site's newest fifty, whoever made them.
         */
        get: operations["list_exports_api_v1_leads_exports_get"];
        put?: never;
        /**
         * Start Export
         * @description It is made in the background; ask for its state. One entry in the audit log, whatever becomes of it.
         */
        post: operations["start_export_api_v1_leads_exports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/exports/{export_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Export
         * @description `state`: running (`scanned` of `total`), done, failed, cancelled, interrupted (the server was restarted),
         *     removed, expired (after a day), outdated (somebody who may be in it has withdrawn or been erased).
         */
        get: operations["get_export_api_v1_leads_exports__export_id__get"];
        put?: never;
        post?: never;
        /**
         * End Export
         * @description Cancels one that is being made; removes the file of one that is done.
         */
        delete: operations["end_export_api_v1_leads_exports__export_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get File
         * @description The file itself. Every download is audited.
         */
        get: operations["get_file_api_v1_leads_exports__export_id__file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/exports/{export_id}/manifest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Manifest
         * @description Rows, filter, schema, whose consent, SHA-256, who: to be kept beside the file. Nobody's data is in it.
         */
        get: operations["get_manifest_api_v1_leads_exports__export_id__manifest_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Gaps
         * @description Contact data and no lead, the longest waiting first; `reason` says why it is none.
         */
        get: operations["list_gaps_api_v1_leads_gaps_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/rubric": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Rubric
         * @description The criteria by which this site's leads are judged, and what may be said under each.
         */
        get: operations["get_rubric_api_v1_leads_rubric_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Lead
         * @description With its facts, each with the message and the words it rests on. Every look is audited.
         */
        get: operations["get_lead_api_v1_leads__uuid__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct
         * @description Contact data, facts and quality as you know them. The lead comes back scored anew.
         */
        patch: operations["correct_api_v1_leads__uuid__patch"];
        trace?: never;
    };
    "/api/v1/leads/{uuid}/gap/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss Gap
         * @description Out of the gap queue; it comes back when there is another reason.
         */
        post: operations["dismiss_gap_api_v1_leads__uuid__gap_dismiss_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{uuid}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Outcome
         * @description What became of it.
         */
        put: operations["put_outcome_api_v1_leads__uuid__outcome_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leads/{uuid}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put Verdict
         * @description Was the tier right? The last word counts.
         */
        put: operations["put_verdict_api_v1_leads__uuid__verdict_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dead Letters
         * @description What was tried and put aside, newest first: events that could not be read, deliveries that did not arrive.
         */
        get: operations["dead_letters_api_v1_notifications_dead_letters_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/dead-letters/{letter_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay
         * @description Try it again from the start.
         */
        post: operations["replay_api_v1_notifications_dead_letters__letter_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Push Key
         * @description The `applicationServerKey` to subscribe with.
         */
        get: operations["push_key_api_v1_notifications_push_key_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Settings
         * @description What the caller hears of and when; `channels` are those that this server has.
         */
        get: operations["get_settings_api_v1_notifications_settings_get"];
        /**
         * Put Settings
         * @description Events by channel (waiting, assigned, message), quiet hours, time zone (null: the site's).
         */
        put: operations["put_settings_api_v1_notifications_settings_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Subscriptions
         * @description The caller's browsers, oldest first.
         */
        get: operations["list_subscriptions_api_v1_notifications_subscriptions_get"];
        put?: never;
        /**
         * Add Subscription
         * @description This browser is the caller's from now on. Again with the same endpoint: nothing new, its keys are renewed.
         */
        post: operations["add_subscription_api_v1_notifications_subscriptions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/subscriptions/{subscription_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove Subscription
         * @description One of the caller's own browsers.
         */
        delete: operations["remove_subscription_api_v1_notifications_subscriptions__subscription_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playground": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * About
         * @description What answers here: {model: its name}, null where none is configured and the guided assistant answers.
         */
        get: operations["about_api_v1_playground_get"];
        put?: never;
        /**
         * Play
         * @description The same input answered by each side. With `Accept: text/event-stream` while it is written. Nothing is stored.
         */
        post: operations["play_api_v1_playground_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/playground/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay
         * @description A real conversation, turn by turn, with nobody's data in it. The look is audited.
         */
        post: operations["replay_api_v1_playground_replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/privacy/contacts/{contact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase Contact
         * @description The person goes from everywhere: conversations, leads, queues; finished exports they may be in are void.
         */
        delete: operations["erase_contact_api_v1_privacy_contacts__contact_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/privacy/contacts/{contact_id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw
         * @description For who says so by other means than the chat: it counts as if they had done it themselves.
         */
        post: operations["withdraw_api_v1_privacy_contacts__contact_id__withdrawal_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/privacy/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Retention */
        get: operations["get_retention_api_v1_privacy_retention_get"];
        /**
         * Put Retention
         * @description In force with the next run, within a quarter of an hour: what is older then cannot be brought back.
         */
        put: operations["put_retention_api_v1_privacy_retention_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Prompts
         * @description Versions, newest first, what is in force (`live`, `canary`, `scheduled`), and the newest releases.
         */
        get: operations["list_prompts_api_v1_prompts_get"];
        put?: never;
        /**
         * Save Prompt
         * @description A new draft. Versions never change: another text is another version.
         */
        post: operations["save_prompt_api_v1_prompts_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare
         * @description How a version differs from another: by runs of lines for two columns, and as one unified text.
         */
        get: operations["compare_api_v1_prompts_diff_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Edit Form
         * @description A draft as the fields of a form, with the changes in it and whatever is wrong with it. Nothing is stored.
         */
        post: operations["edit_form_api_v1_prompts_form_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/releases/{release_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Cancel Release
         * @description One that has not come into force yet.
         */
        delete: operations["cancel_release_api_v1_prompts_releases__release_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Roll Back */
        post: operations["roll_back_api_v1_prompts_rollback_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Prompt
         * @description Number 0 is the assistant that the server came with.
         */
        get: operations["get_prompt_api_v1_prompts__number__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{number}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive Prompt */
        post: operations["archive_prompt_api_v1_prompts__number__archive_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prompts/{number}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish Prompt
         * @description For everybody, for a share, now or later. 409 `prompt.cases_fail` names the blocking cases that do not pass.
         */
        post: operations["publish_prompt_api_v1_prompts__number__publish_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Site
         * @description The site, its consent texts by purpose and language, and whether its public key can be changed here.
         */
        get: operations["get_site_api_v1_site_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Site
         * @description In force within seconds; in browsers that have the widget already, within five minutes.
         */
        patch: operations["patch_site_api_v1_site_patch"];
        trace?: never;
    };
    "/api/v1/site/former-keys/{public_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Retire Public Key
         * @description End a former key before its time.
         */
        delete: operations["retire_public_key_api_v1_site_former_keys__public_key__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/identity-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate Identity Secret
         * @description A new secret for signing who visitors are. Shown this once; what was signed with the old one ends.
         */
        post: operations["rotate_identity_secret_api_v1_site_identity_secret_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/public-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate Public Key
         * @description A new public key. Pages with the old one go on for `keep_days`, then they have no chat until they name the new
         *     one. Conflict `site.key_is_a_setting`.
         */
        post: operations["rotate_public_key_api_v1_site_public_key_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Staff
         * @description Everybody of this site.
         */
        get: operations["list_staff_api_v1_staff_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept
         * @description Use an invitation or a reset link, once; then sign in with the e-mail it answers.
         */
        post: operations["accept_api_v1_staff_accept_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Invitations
         * @description Who was asked and has not joined yet, the newest first; for a month also those that expired.
         */
        get: operations["list_invitations_api_v1_staff_invitations_get"];
        put?: never;
        /**
         * Invite
         * @description An invitation, good for seven days and one use. Mailed where the server can; else its token is shown once.
         */
        post: operations["invite_api_v1_staff_invitations_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw Invitation
         * @description Its link opens nothing any more. To send one again, invite the same e-mail: the newest invitation counts.
         */
        delete: operations["withdraw_invitation_api_v1_staff_invitations__invitation_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get Me */
        get: operations["get_me_api_v1_staff_me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Patch Me
         * @description Name, avatar, languages, capacity, away.
         */
        patch: operations["patch_me_api_v1_staff_me_patch"];
        trace?: never;
    };
    "/api/v1/staff/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post Password
         * @description Change one's password; every other session ends.
         */
        post: operations["post_password_api_v1_staff_me_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign In
         * @description A session of twelve hours, which slides while it is used. The token is shown once.
         */
        post: operations["sign_in_api_v1_staff_sign_in_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign Out
         * @description End this session. One of Supabase Auth is ended there.
         */
        post: operations["sign_out_api_v1_staff_sign_out_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff/{staff_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change
         * @description Another role; out of the site (their open streams end within seconds), or in again; conversations at once.
         */
        patch: operations["change_api_v1_staff__staff_id__patch"];
        trace?: never;
    };
    "/api/v1/staff/{staff_id}/reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reset Link
         * @description A link that sets a new password, good for two hours and one use. Mailed where the server can; else shown.
         */
        post: operations["reset_link_api_v1_staff__staff_id__reset_link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Usage
         * @description Tokens by UTC day, newest first: visitors' turns, and what else they went to. `budget` is a day's; 0: none.
         */
        get: operations["list_usage_api_v1_usage_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Accept */
        Accept: {
            /** Name */
            name?: string | null;
            /** Password */
            password: string;
            /** Token */
            token: string;
        };
        /**
         * AgentAssignBody
         * @description Seed 003's POST /sessions/{id}/assign; without an agent: to me.
         */
        AgentAssignBody: {
            /** Agent Id */
            agent_id?: string | null;
        };
        /**
         * AgentMessageBody
         * @description Seed 003's POST /messages.
         */
        AgentMessageBody: {
            /** Client Message Id */
            client_message_id?: string | null;
            /** Message */
            message: string;
            /**
             * Session Id
             * Format: uuid
             */
            session_id: string;
        };
        /**
         * Appearance
         * @description What is None is the widget's own choice; the text colour above all, which it computes from the accent.
         */
        Appearance: {
            /** Accent */
            accent?: string | null;
            /** Accenttext */
            accentText?: string | null;
            /** Logo */
            logo?: string | null;
            /** Position */
            position?: ("bottom-right" | "bottom-left") | null;
            /** Subtitle */
            subtitle?: string | null;
            /** Theme */
            theme?: ("light" | "dark" | "auto") | null;
            /** Title */
            title?: string | null;
        };
        /** AssignBody */
        AssignBody: {
            /**
             * To
             * Format: uuid
             */
            to: string;
        };
        /** BlockBody */
        BlockBody: {
            /**
             * Blocked
             * @default true
             */
            blocked?: boolean;
        };
        /**
         * BusinessHours
         * @description `intervals`: pairs of begin and end by weekday; a day that is not there is shut. None at all: always open.
         */
        BusinessHours: {
            /**
             * Accept Seconds
             * @default 120
             */
            accept_seconds?: number;
            /**
             * Dates Off
             * @default []
             */
            dates_off?: string[];
            /** Intervals */
            intervals?: {
                [key: string]: [
                    string,
                    string
                ][];
            } | null;
            /**
             * Next Reply Seconds
             * @default 900
             */
            next_reply_seconds?: number;
            /**
             * Promise Seconds
             * @default 14400
             */
            promise_seconds?: number;
            /**
             * Reply Seconds
             * @default 600
             */
            reply_seconds?: number;
        };
        /**
         * CannedBody
         * @description `texts` by language; {{contact_name}}, {{seller_name}}, {{site_name}} and {{item_title}} are filled in.
         */
        CannedBody: {
            /**
             * Shared
             * @default false
             */
            shared?: boolean;
            /** Shortcut */
            shortcut: string;
            /** Texts */
            texts: {
                [key: string]: string;
            };
        };
        /**
         * CardBody
         * @description Something of the site's to look at: a vehicle, a house.
         */
        CardBody: {
            /** Currency */
            currency?: string | null;
            /** Image */
            image?: string | null;
            /** Price */
            price?: number | null;
            /** Subtitle */
            subtitle?: string | null;
            /** Title */
            title: string;
            /** Url */
            url?: string | null;
        };
        /**
         * CaseBody
         * @description `messages` end with what is to be answered.
         */
        CaseBody: {
            /**
             * Blocking
             * @default true
             */
            blocking?: boolean;
            expect: components["schemas"]["Expect"];
            item?: components["schemas"]["CaseItem"] | null;
            knowledge?: components["schemas"]["CaseKnowledge"] | null;
            /**
             * Locale
             * @default es
             * @enum {string}
             */
            locale?: "es" | "en" | "pt";
            /** Messages */
            messages: components["schemas"]["CaseMessage"][];
            /** Name */
            name: string;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
        };
        /** CaseDocument */
        CaseDocument: {
            /** Body */
            body: string;
            /** Title */
            title: string;
        };
        /**
         * CaseItem
         * @description An item of the catalogue, or of the page; as the catalogue has it.
         */
        CaseItem: {
            /** Availability */
            availability?: ("available" | "reserved" | "sold" | "on_order") | null;
            /** Currency */
            currency?: string | null;
            /**
             * Facts
             * @default []
             */
            facts?: string[];
            /** Id */
            id: string;
            /** Price */
            price?: number | null;
            /** Title */
            title: string;
        };
        /**
         * CaseKnowledge
         * @description What is known in the case, instead of what the site knows.
         */
        CaseKnowledge: {
            /**
             * Documents
             * @default []
             */
            documents?: components["schemas"]["CaseDocument"][];
            /**
             * Items
             * @default []
             */
            items?: components["schemas"]["CaseItem"][];
        };
        /** CaseMessage */
        CaseMessage: {
            /**
             * Author
             * @enum {string}
             */
            author: "visitor" | "assistant" | "seller";
            /** Text */
            text: string;
        };
        /** Change */
        Change: {
            /** Capacity */
            capacity?: number | null;
            /** Disabled */
            disabled?: boolean | null;
            /** Role */
            role?: ("seller" | "marketing" | "admin") | null;
        };
        /** ChangePassword */
        ChangePassword: {
            /** New Password */
            new_password: string;
            /** Old Password */
            old_password: string;
        };
        /**
         * ClaimedUser
         * @description What a page says about its visitor. Unsigned, it is only that.
         */
        ClaimedUser: {
            /** Email */
            email?: string | null;
            /** Id */
            id?: string | null;
            /** Name */
            name?: string | null;
            /** Phone */
            phone?: string | null;
        };
        /** CloseBody */
        CloseBody: {
            /** Outcome */
            outcome?: ("pending" | "appointment_scheduled" | "offer_made" | "purchased" | "not_interested" | "unavailable") | null;
        };
        /**
         * ConsentBody
         * @description Agreement (or its withdrawal) to the text of that version, as POST /sessions shows it.
         */
        ConsentBody: {
            /** Granted */
            granted: boolean;
            /**
             * Locale
             * @enum {string}
             */
            locale: "es" | "en" | "pt";
            /**
             * Purpose
             * @enum {string}
             */
            purpose: "chat" | "contact" | "marketing";
            /** Text Version */
            text_version: string;
        };
        /**
         * CorrectionBody
         * @description `facts`: by criterion what is so, or null for what is not. `quality`: your word above the rubric's; null gives
         *     the rubric its word back.
         */
        CorrectionBody: {
            contact?: components["schemas"]["app__leads__staff_schemas__ContactBody"] | null;
            /**
             * Facts
             * @default {}
             */
            facts?: {
                [key: string]: components["schemas"]["FactBody"] | null;
            };
            /** Quality */
            quality?: ("hot" | "warm" | "cold") | null;
        };
        /**
         * DocumentBody
         * @description Markdown; its headings are what a question is compared with first.
         */
        DocumentBody: {
            /** Body */
            body: string;
            /**
             * Locale
             * @enum {string}
             */
            locale: "es" | "en" | "pt";
            /** Slug */
            slug: string;
            /** Title */
            title: string;
        };
        /**
         * DraftBody
         * @description `content` is the whole assistant file: front matter, then the system text.
         */
        DraftBody: {
            /** Base */
            base?: number | null;
            /** Content */
            content: string;
            /**
             * Note
             * @default
             */
            note?: string;
        };
        /** EditBody */
        EditBody: {
            /** Content */
            content: string;
        };
        /**
         * Expect
         * @description What the reply must be. Letters' case does not count in `contains` and `not`.
         */
        Expect: {
            /** Asks For Consent */
            asks_for_consent?: boolean | null;
            /**
             * Captures
             * @default []
             */
            captures?: ("name" | "email" | "phone")[];
            /**
             * Contains
             * @default []
             */
            contains?: string[];
            /** Hands Off */
            hands_off?: boolean | null;
            /** Judge */
            judge?: string | null;
            /** Language */
            language?: ("es" | "en" | "pt") | null;
            /** Max Words */
            max_words?: number | null;
            /**
             * No Invented Price
             * @default true
             */
            no_invented_price?: boolean;
            /**
             * Not
             * @default []
             */
            not?: string[];
            /**
             * Regex
             * @default []
             */
            regex?: string[];
            /** Shows Card */
            shows_card?: string | null;
            /** Tier */
            tier?: ("hot" | "warm" | "cold") | null;
        };
        /**
         * ExportFilter
         * @description All that is given must hold. Days are inclusive, in the export's time zone, and say when a conversation began.
         */
        ExportFilter: {
            /** Campaign */
            campaign?: string | null;
            /** From */
            from?: string | null;
            /** Item */
            item?: string | null;
            /** Outcome */
            outcome?: ("pending" | "appointment_scheduled" | "offer_made" | "purchased" | "not_interested" | "unavailable")[] | null;
            /** Quality */
            quality?: ("hot" | "warm" | "cold")[] | null;
            /** To */
            to?: string | null;
        };
        /**
         * ExportRequest
         * @description `consent` left out: those who agreed to be contacted, and for Mailchimp to marketing. `time_zone` left out: the
         *     site's. `missing` fills what an importer requires and nobody has said (Salesforce: last name, company).
         */
        ExportRequest: {
            /** Consent */
            consent?: ("contact" | "marketing" | "any") | null;
            /** @default {} */
            filter?: components["schemas"]["ExportFilter"];
            /**
             * Format
             * @default csv
             * @enum {string}
             */
            format?: "csv" | "xlsx" | "jsonl";
            /**
             * Missing
             * @default Unknown
             */
            missing?: string;
            /**
             * Profile
             * @default full
             * @enum {string}
             */
            profile?: "full" | "hubspot" | "salesforce" | "mailchimp" | "excel";
            /** Time Zone */
            time_zone?: string | null;
            /**
             * Unit
             * @default lead
             * @enum {string}
             */
            unit?: "lead" | "conversation";
        };
        /**
         * FactBody
         * @description `value` as the rubric lists it, or free text where it lists none; `data` are details, such as an amount.
         */
        FactBody: {
            /** Data */
            data?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            /** Value */
            value: string;
        };
        /**
         * FilterBody
         * @description The parameters of GET /chat/conversations, by their names there.
         */
        FilterBody: {
            /** From */
            from?: string | null;
            /** Outcome */
            outcome?: ("pending" | "appointment_scheduled" | "offer_made" | "purchased" | "not_interested" | "unavailable") | null;
            /** Overdue */
            overdue?: boolean | null;
            /** Q */
            q?: string | null;
            /** Quality */
            quality?: ("hot" | "warm" | "cold") | null;
            /**
             * Sort
             * @default newest
             * @enum {string}
             */
            sort?: "newest" | "waiting";
            /** State */
            state?: ("bot" | "waiting" | "open" | "snoozed" | "closed" | "blocked") | null;
            /** Tag */
            tag?: string | null;
            /** To */
            to?: string | null;
            /**
             * View
             * @default all
             * @enum {string}
             */
            view?: "participant" | "mine" | "unassigned" | "bot" | "all";
        };
        /**
         * FormBody
         * @description `content` as a whole file; `changes` by field, null to take one out.
         */
        FormBody: {
            /**
             * Changes
             * @default {}
             */
            changes?: {
                [key: string]: string | boolean | number | string[] | {
                    [key: string]: string | boolean | number | string[] | null;
                } | null;
            };
            /** Content */
            content: string;
        };
        /**
         * FromConversationBody
         * @description A conversation up to (and with) the visitor's turn of that number, counted from its beginning; all if not given.
         *     Of a long conversation the newest 200 messages are known.
         */
        FromConversationBody: {
            /**
             * Blocking
             * @default true
             */
            blocking?: boolean;
            /**
             * Conversation
             * Format: uuid
             */
            conversation: string;
            expect: components["schemas"]["Expect"];
            /** Name */
            name: string;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
            /** Upto */
            upto?: number | null;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** HandoffBody */
        HandoffBody: {
            /** Summary */
            summary?: string | null;
        };
        /**
         * Identified
         * @description `token` is a new visitor token where the verified person's conversation is another one; it is shown once.
         */
        Identified: {
            /** Conversation Id */
            conversation_id: string;
            /**
             * Identity
             * @enum {string}
             */
            identity: "anonymous" | "claimed" | "verified";
            /** Session Id */
            session_id: string;
            /** Token */
            token: string | null;
        };
        /**
         * IdentifyBody
         * @description `token`: HS256 JWT signed with the site's identity secret; `sub` required, `exp` at most an hour ahead.
         */
        IdentifyBody: {
            /** Locale */
            locale?: ("es" | "en" | "pt") | null;
            /** Token */
            token?: string | null;
            /** @default {} */
            user?: components["schemas"]["ClaimedUser"];
        };
        /** Invite */
        Invite: {
            /** Email */
            email: string;
            /** Name */
            name?: string | null;
            /**
             * Role
             * @enum {string}
             */
            role: "seller" | "marketing" | "admin";
        };
        /**
         * Item
         * @description What the page is about: seed 000's vehicle, seed 001's taggable.
         */
        Item: {
            /** Currency */
            currency?: string | null;
            /**
             * Facts
             * @default []
             */
            facts?: string[];
            /** Id */
            id?: string | null;
            /** Image */
            image?: string | null;
            /** Price */
            price?: number | null;
            /** Title */
            title: string;
            /**
             * Type
             * @default Item
             */
            type?: string;
            /** Url */
            url?: string | null;
        };
        /**
         * ItemBody
         * @description One item, complete: what is left out is not known.
         */
        ItemBody: {
            /** Availability */
            availability?: ("available" | "reserved" | "sold" | "on_order") | null;
            /** Currency */
            currency?: string | null;
            /**
             * Facts
             * @default []
             */
            facts?: string[];
            /** Id */
            id: string;
            /** Image */
            image?: string | null;
            /** Price */
            price?: number | null;
            /** Title */
            title: string;
            /** Url */
            url?: string | null;
        };
        JsonValue: unknown;
        /** Keys */
        Keys: {
            /** Auth */
            auth: string;
            /** P256Dh */
            p256dh: string;
        };
        /**
         * LabelBody
         * @description What is left out stays as it is; null removes.
         */
        LabelBody: {
            /** Lead Quality */
            lead_quality?: ("hot" | "warm" | "cold") | null;
            /** Outcome */
            outcome?: ("pending" | "appointment_scheduled" | "offer_made" | "purchased" | "not_interested" | "unavailable") | null;
            taggable_info?: components["schemas"]["TaggableBody"] | null;
            /**
             * Tags
             * @default []
             */
            tags?: string[];
        };
        /**
         * Landing
         * @description Where a visit began.
         */
        Landing: {
            /** Referrer */
            referrer?: string | null;
            /** Title */
            title?: string | null;
            /** Url */
            url?: string | null;
        };
        /**
         * MessageReply
         * @description `reply` is null while a seller handles the conversation.
         */
        MessageReply: {
            metadata: components["schemas"]["ReplyMetadata"];
            /** Reply */
            reply: string | null;
        };
        /**
         * NewKey
         * @description `keep_days`: for so long the old key goes on; 0 ends it at once.
         */
        NewKey: {
            /**
             * Keep Days
             * @default 0
             */
            keep_days?: number;
        };
        /** NoteBody */
        NoteBody: {
            /** Client Message Id */
            client_message_id?: string | null;
            /** Content */
            content: string;
        };
        /** OpenSession */
        OpenSession: {
            item?: components["schemas"]["Item"] | null;
            /** Locale */
            locale?: ("es" | "en" | "pt") | null;
            page?: components["schemas"]["Page"] | null;
            /** Session Id */
            session_id?: string | null;
        };
        /** OutcomeBody */
        OutcomeBody: {
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "pending" | "appointment_scheduled" | "offer_made" | "purchased" | "not_interested" | "unavailable";
        };
        /**
         * Page
         * @description Where the visitor is. Campaign parameters are read from the landing page's `url`, or else from this one's.
         */
        Page: {
            landing?: components["schemas"]["Landing"] | null;
            /** Referrer */
            referrer?: string | null;
            /** Title */
            title?: string | null;
            /** Url */
            url?: string | null;
        };
        /** PlayBody */
        PlayBody: {
            item?: components["schemas"]["CaseItem"] | null;
            /**
             * Locale
             * @default es
             * @enum {string}
             */
            locale?: "es" | "en" | "pt";
            /** Messages */
            messages: components["schemas"]["CaseMessage"][];
            /** Sides */
            sides: components["schemas"]["SideBody"][];
        };
        /**
         * Profile
         * @description What is left out stays as it is.
         */
        Profile: {
            /** Avatar */
            avatar?: string | null;
            /**
             * Away
             * @default false
             */
            away?: boolean;
            /**
             * Capacity
             * @default 0
             */
            capacity?: number;
            /**
             * Languages
             * @default []
             */
            languages?: string[];
            /**
             * Name
             * @default
             */
            name?: string;
        };
        /** PublicMessage */
        PublicMessage: {
            /** Client Message Id */
            client_message_id?: string | null;
            /** Message */
            message: string;
            /** Session Id */
            session_id: string;
        };
        /** PublicStart */
        PublicStart: {
            /**
             * Channel
             * @default webchat
             */
            channel?: string;
            /** Customer Email */
            customer_email?: string | null;
            /** Customer Name */
            customer_name?: string | null;
            /** Tenant Id */
            tenant_id: string;
        };
        /**
         * PublishBody
         * @description `percent` under 100 tries it on that share of new conversations. `override` is the reason for publishing in spite
         *     of blocking cases that do not pass.
         */
        PublishBody: {
            /** At */
            at?: string | null;
            /** Override */
            override?: string | null;
            /**
             * Percent
             * @default 100
             */
            percent?: number;
            /** Reason */
            reason?: string | null;
        };
        /** QuickReplyBody */
        QuickReplyBody: {
            /** Icon */
            icon?: string | null;
            /** Label */
            label: string;
            /** Value */
            value: string;
        };
        /** RatingBody */
        RatingBody: {
            /** Comment */
            comment?: string | null;
            /** Rating */
            rating: number;
        };
        /** ReactionBody */
        ReactionBody: {
            /** Emoji */
            emoji: string;
        };
        /** ReplayBody */
        ReplayBody: {
            /**
             * Conversation
             * Format: uuid
             */
            conversation: string;
            /** Sides */
            sides: components["schemas"]["SideBody"][];
        };
        /**
         * ReplyMetadata
         * @description Seed 002's metadata. `session_token` is there only when the request had none: keep it, it is shown once.
         */
        ReplyMetadata: {
            /** Assistant Message Id */
            assistant_message_id?: string | null;
            /** Assistant Response Id */
            assistant_response_id?: string | null;
            /** Conversation Id */
            conversation_id: string;
            /** Duplicate */
            duplicate: boolean;
            /**
             * Handler
             * @enum {string}
             */
            handler: "assistant" | "queue" | "seller";
            /** Last Message Id */
            last_message_id: string;
            /**
             * Quick Replies
             * @default []
             */
            quick_replies?: {
                [key: string]: unknown;
            }[];
            /** Seq */
            seq: number;
            /** Session Id */
            session_id: string;
            /** Session Token */
            session_token?: string | null;
        };
        /**
         * Retention
         * @description `days` after the last message and visit; null keeps everything.
         */
        Retention: {
            /** Days */
            days: number | null;
        };
        /** ReturnBody */
        ReturnBody: {
            /** Note */
            note?: string | null;
        };
        /** RollbackBody */
        RollbackBody: {
            /** Reason */
            reason?: string | null;
        };
        /**
         * RunBody
         * @description `numbers`: the version under test first, what it is compared with last. `cases` None: all of them.
         */
        RunBody: {
            /** Cases */
            cases?: string[] | null;
            /** Numbers */
            numbers: number[];
            /**
             * Repeats
             * @default 1
             */
            repeats?: number;
        };
        /**
         * SendBody
         * @description `seen_seq`: the last message on the screen; the answer is 409 when a colleague was faster, unless `force`.
         */
        SendBody: {
            /**
             * Cards
             * @default []
             */
            cards?: components["schemas"]["CardBody"][];
            /** Client Message Id */
            client_message_id?: string | null;
            /** Content */
            content: string;
            /**
             * Force
             * @default false
             */
            force?: boolean;
            /**
             * Quick Replies
             * @default []
             */
            quick_replies?: components["schemas"]["QuickReplyBody"][];
            /** Seen Seq */
            seen_seq?: number | null;
        };
        /** SessionOpened */
        SessionOpened: {
            /** Contact */
            contact: {
                [key: string]: unknown;
            } | null;
            /** Conversation Id */
            conversation_id: string;
            /** Expires At */
            expires_at: string;
            /** Last Seq */
            last_seq: number;
            /** Locale */
            locale: string;
            /** Session Id */
            session_id: string;
            /** Site */
            site: {
                [key: string]: unknown;
            };
            /** Token */
            token: string | null;
        };
        /**
         * Settings
         * @description All of it at once. Quiet hours are wall-clock times (both or none) and may run past midnight.
         */
        Settings: {
            /** Email */
            email: ("waiting" | "assigned" | "message")[];
            /** Push */
            push: ("waiting" | "assigned" | "message")[];
            /** Quiet From */
            quiet_from?: string | null;
            /** Quiet To */
            quiet_to?: string | null;
            /** Time Zone */
            time_zone?: string | null;
        };
        /**
         * SideBody
         * @description A version by its number, or a text as it is being written; neither is what is live.
         */
        SideBody: {
            /** Content */
            content?: string | null;
            /** Number */
            number?: number | null;
        };
        /** SignIn */
        SignIn: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * SiteChange
         * @description What is left out, or null, stays as it is; `appearance` is replaced as a whole.
         */
        SiteChange: {
            /** Allowed Origins */
            allowed_origins?: string[] | null;
            appearance?: components["schemas"]["Appearance"] | null;
            /** Image Origins */
            image_origins?: string[] | null;
            /** Locale */
            locale?: ("es" | "en" | "pt") | null;
            /** Name */
            name?: string | null;
            /** Region */
            region?: string | null;
            /** Time Zone */
            time_zone?: string | null;
        };
        /**
         * SnoozeBody
         * @description `reply`: until the visitor writes, whenever that is. Null wakes it.
         */
        SnoozeBody: {
            /** Until */
            until: string | null;
        };
        /** StartBody */
        StartBody: {
            /**
             * Contact Uuid
             * Format: uuid
             */
            contact_uuid: string;
        };
        /**
         * Subscription
         * @description A PushSubscription as the browser's `toJSON()` gives it, and a name for the list.
         */
        Subscription: {
            /** Endpoint */
            endpoint: string;
            /** Expirationtime */
            expirationTime?: number | null;
            keys: components["schemas"]["Keys"];
            /** Label */
            label?: string | null;
        };
        /**
         * SummaryBody
         * @description Null removes it.
         */
        SummaryBody: {
            /** Text */
            text: string | null;
        };
        /**
         * TaggableBody
         * @description Seed 004's taggable_info.
         */
        TaggableBody: {
            /** Title */
            title: string;
            /** Type */
            type: string;
            /** Uuid */
            uuid?: string | null;
        };
        /**
         * TaskBody
         * @description Without an assignee it is the caller's own.
         */
        TaskBody: {
            /** Assignee */
            assignee?: string | null;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /**
             * Kind
             * @default other
             * @enum {string}
             */
            kind?: "call" | "message" | "confirm" | "other";
            /** Text */
            text: string;
        };
        /**
         * TaskPatch
         * @description What is left out stays as it is; an assignee of null makes it nobody's.
         */
        TaskPatch: {
            /** Assignee */
            assignee?: string | null;
            /** Due At */
            due_at?: string | null;
            /** Text */
            text?: string | null;
        };
        /**
         * TrackBody
         * @description An event of the visit, or attributes of the visitor (null removes one).
         */
        TrackBody: {
            /** Attributes */
            attributes?: {
                [key: string]: string | boolean | number | null;
            } | null;
            /** Event */
            event?: string | null;
            /**
             * Properties
             * @default {}
             */
            properties?: {
                [key: string]: string | boolean | number | null;
            };
        };
        /** TypingBody */
        TypingBody: {
            /**
             * Active
             * @default true
             */
            active?: boolean;
        };
        /** UnreadBody */
        UnreadBody: {
            /** From Seq */
            from_seq?: number | null;
        };
        /** ValidationError */
        ValidationError: {
            /** Context */
            ctx?: Record<string, never>;
            /** Input */
            input?: unknown;
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
        /**
         * VerdictBody
         * @description Was the tier right? For a wrong one say why, and if you like which it should have been.
         */
        VerdictBody: {
            /** Quality */
            quality?: ("hot" | "warm" | "cold") | null;
            /** Reason */
            reason?: string | null;
            /**
             * Verdict
             * @enum {string}
             */
            verdict: "right" | "wrong";
        };
        /** ViewBody */
        ViewBody: {
            filter: components["schemas"]["FilterBody"];
            /** Name */
            name: string;
            /**
             * Shared
             * @default false
             */
            shared?: boolean;
        };
        /**
         * WebchatMessage
         * @description Seed 002's message. `client_message_id` makes a retry safe: the same id and content give the first result.
         */
        WebchatMessage: {
            /**
             * Author
             * @default visitor
             * @enum {string}
             */
            author?: "visitor" | "user";
            /** Client Message Id */
            client_message_id?: string | null;
            /** Content */
            content: string;
            item?: components["schemas"]["Item"] | null;
            /** Locale */
            locale?: ("es" | "en" | "pt") | null;
            page?: components["schemas"]["Page"] | null;
            /** Session Id */
            session_id: string;
        };
        /**
         * Withdrawal
         * @description What somebody wants no more.
         */
        Withdrawal: {
            /** Purposes */
            purposes: ("contact" | "marketing")[];
        };
        /** ContactBody */
        app__channels__webchat__schemas__ContactBody: {
            /**
             * Consents
             * @default []
             */
            consents?: components["schemas"]["ConsentBody"][];
            /** Email */
            email?: string | null;
            /** Name */
            name?: string | null;
            /** Phone */
            phone?: string | null;
        };
        /** ReadBody */
        app__channels__webchat__schemas__ReadBody: {
            /** Up To Seq */
            up_to_seq: number;
        };
        /** ReadBody */
        app__conversations__staff_schemas__ReadBody: {
            /** Up To Seq */
            up_to_seq?: number | null;
        };
        /**
         * ContactBody
         * @description What is left out stays; null clears.
         */
        app__leads__staff_schemas__ContactBody: {
            /** Email */
            email?: string | null;
            /** Name */
            name?: string | null;
            /** Phone */
            phone?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_canned_api_v1_chat_canned_replies_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    add_canned_api_v1_chat_canned_replies_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    change_canned_api_v1_chat_canned_replies__canned_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                canned_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CannedBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_canned_api_v1_chat_canned_replies__canned_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                canned_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_conversations_api_v1_chat_conversations_get: {
        parameters: {
            query?: {
                view?: "participant" | "mine" | "unassigned" | "bot" | "all";
                state?: ("bot" | "waiting" | "open" | "snoozed" | "closed" | "blocked") | null;
                quality?: ("hot" | "warm" | "cold") | null;
                outcome?: string | null;
                tag?: string | null;
                from?: string | null;
                to?: string | null;
                q?: string | null;
                overdue?: boolean | null;
                sort?: "newest" | "waiting";
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_conversation_api_v1_chat_conversations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    counts_api_v1_chat_conversations_counts_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    get_conversation_api_v1_chat_conversations__uuid__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    label_api_v1_chat_conversations__uuid__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LabelBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    archive_api_v1_chat_conversations__uuid__archive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    assign_api_v1_chat_conversations__uuid__assign_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    block_api_v1_chat_conversations__uuid__block_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    fill_in_canned_api_v1_chat_conversations__uuid__canned__canned_id__post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
                canned_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    close_api_v1_chat_conversations__uuid__close_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_conversation_events_api_v1_chat_conversations__uuid__events_get: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_messages_api_v1_chat_conversations__uuid__messages_get: {
        parameters: {
            query?: {
                after?: number | null;
                before?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    send_message_api_v1_chat_conversations__uuid__messages_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_note_api_v1_chat_conversations__uuid__notes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    mark_read_api_v1_chat_conversations__uuid__read_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["app__conversations__staff_schemas__ReadBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    reopen_api_v1_chat_conversations__uuid__reopen_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_replies_api_v1_chat_conversations__uuid__replies_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    hand_back_api_v1_chat_conversations__uuid__return_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    snooze_api_v1_chat_conversations__uuid__snooze_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnoozeBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    suggest_api_v1_chat_conversations__uuid__suggestion_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    put_summary_api_v1_chat_conversations__uuid__summary_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SummaryBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    summarise_api_v1_chat_conversations__uuid__summary_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    take_over_api_v1_chat_conversations__uuid__take_over_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_task_api_v1_chat_conversations__uuid__tasks_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    post_typing_api_v1_chat_conversations__uuid__typing_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TypingBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    mark_unread_api_v1_chat_conversations__uuid__unread_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UnreadBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_events_api_v1_chat_events_get: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_hours_api_v1_chat_hours_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    put_hours_api_v1_chat_hours_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BusinessHours"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    agent_message_api_v1_chat_messages_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentMessageBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_message_api_v1_chat_messages__message_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    edit_message_api_v1_chat_messages__message_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_reaction_api_v1_chat_messages__message_id__reactions_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    remove_reaction_api_v1_chat_messages__message_id__reactions_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    message_api_v1_chat_public_message_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicMessage"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageReply"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    session_api_v1_chat_public_session__session_id__get: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_api_v1_chat_public_start_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicStart"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_sessions_api_v1_chat_sessions_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    assign_session_api_v1_chat_sessions__session_id__assign_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentAssignBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    session_messages_api_v1_chat_sessions__session_id__messages_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_tasks_api_v1_chat_tasks_get: {
        parameters: {
            query?: {
                view?: "mine" | "open" | "overdue" | "done";
                conversation?: string | null;
                cursor?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    change_task_api_v1_chat_tasks__task_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    complete_task_api_v1_chat_tasks__task_id__complete_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    unread_count_api_v1_chat_unread_count_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    list_views_api_v1_chat_views_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    add_view_api_v1_chat_views_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    change_view_api_v1_chat_views__view_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_view_api_v1_chat_views__view_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_cases_api_v1_evals_cases_get: {
        parameters: {
            query?: {
                archived?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_case_api_v1_evals_cases_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    add_from_conversation_api_v1_evals_cases_from_conversation_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FromConversationBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    replace_case_api_v1_evals_cases__case_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaseBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    archive_case_api_v1_evals_cases__case_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    case_history_api_v1_evals_cases__case_id__history_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    restore_case_api_v1_evals_cases__case_id__restore_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                case_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_runs_api_v1_evals_runs_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    start_run_api_v1_evals_runs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_run_api_v1_evals_runs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    cancel_run_api_v1_evals_runs__run_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    continue_run_api_v1_evals_runs__run_id__continue_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_documents_api_v1_knowledge_documents_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    save_document_api_v1_knowledge_documents_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_document_api_v1_knowledge_documents__slug__get: {
        parameters: {
            query?: {
                locale?: "es" | "en" | "pt";
            };
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_document_api_v1_knowledge_documents__slug__delete: {
        parameters: {
            query?: {
                locale?: "es" | "en" | "pt";
            };
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_items_api_v1_knowledge_items_get: {
        parameters: {
            query?: {
                q?: string | null;
                after?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    put_items_api_v1_knowledge_items_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    import_items_api_v1_knowledge_items_import_post: {
        parameters: {
            query?: {
                mode?: "merge" | "replace";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    delete_item_api_v1_knowledge_items__item_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_meaning_api_v1_knowledge_meaning_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    search_api_v1_knowledge_search_get: {
        parameters: {
            query?: {
                q?: string;
                locale?: "es" | "en" | "pt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_leads_api_v1_leads_get: {
        parameters: {
            query?: {
                cursor?: string | null;
                limit?: number;
                from?: string | null;
                to?: string | null;
                quality?: ("hot" | "warm" | "cold") | null;
                outcome?: string | null;
                campaign?: string | null;
                item?: string | null;
                consent?: ("granted" | "refused" | "none") | null;
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    counts_api_v1_leads_counts_get: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                quality?: ("hot" | "warm" | "cold") | null;
                outcome?: string | null;
                campaign?: string | null;
                item?: string | null;
                consent?: ("granted" | "refused" | "none") | null;
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_exports_api_v1_leads_exports_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    start_export_api_v1_leads_exports_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_export_api_v1_leads_exports__export_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    end_export_api_v1_leads_exports__export_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_file_api_v1_leads_exports__export_id__file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_manifest_api_v1_leads_exports__export_id__manifest_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_gaps_api_v1_leads_gaps_get: {
        parameters: {
            query?: {
                reason?: ("no_consent" | "consent_refused" | "invalid_contact" | "somebody_elses" | "unconfirmed" | "not_saved") | null;
                cursor?: string | null;
                limit?: number;
                from?: string | null;
                to?: string | null;
                quality?: ("hot" | "warm" | "cold") | null;
                outcome?: string | null;
                campaign?: string | null;
                item?: string | null;
                consent?: ("granted" | "refused" | "none") | null;
                q?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_rubric_api_v1_leads_rubric_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    get_lead_api_v1_leads__uuid__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    correct_api_v1_leads__uuid__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    dismiss_gap_api_v1_leads__uuid__gap_dismiss_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    put_outcome_api_v1_leads__uuid__outcome_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutcomeBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    put_verdict_api_v1_leads__uuid__verdict_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerdictBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    dead_letters_api_v1_notifications_dead_letters_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    replay_api_v1_notifications_dead_letters__letter_id__replay_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    push_key_api_v1_notifications_push_key_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    get_settings_api_v1_notifications_settings_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    put_settings_api_v1_notifications_settings_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Settings"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_subscriptions_api_v1_notifications_subscriptions_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    add_subscription_api_v1_notifications_subscriptions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Subscription"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    remove_subscription_api_v1_notifications_subscriptions__subscription_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    about_api_v1_playground_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    play_api_v1_playground_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    replay_api_v1_playground_replay_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    erase_contact_api_v1_privacy_contacts__contact_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    withdraw_api_v1_privacy_contacts__contact_id__withdrawal_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_retention_api_v1_privacy_retention_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    put_retention_api_v1_privacy_retention_put: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retention"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_prompts_api_v1_prompts_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    save_prompt_api_v1_prompts_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    compare_api_v1_prompts_diff_get: {
        parameters: {
            query?: {
                old?: number;
                new?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    edit_form_api_v1_prompts_form_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FormBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    cancel_release_api_v1_prompts_releases__release_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                release_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    roll_back_api_v1_prompts_rollback_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_prompt_api_v1_prompts__number__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    archive_prompt_api_v1_prompts__number__archive_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    publish_prompt_api_v1_prompts__number__publish_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_site_api_v1_site_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    patch_site_api_v1_site_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    retire_public_key_api_v1_site_former_keys__public_key__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                public_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    rotate_identity_secret_api_v1_site_identity_secret_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    rotate_public_key_api_v1_site_public_key_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewKey"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_staff_api_v1_staff_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    accept_api_v1_staff_accept_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Accept"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_invitations_api_v1_staff_invitations_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    invite_api_v1_staff_invitations_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invite"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    withdraw_invitation_api_v1_staff_invitations__invitation_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_me_api_v1_staff_me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    patch_me_api_v1_staff_me_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    post_password_api_v1_staff_me_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sign_in_api_v1_staff_sign_in_post: {
        parameters: {
            query?: never;
            header?: {
                "X-PUBLIC-KEY"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    sign_out_api_v1_staff_sign_out_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_api_v1_staff__staff_id__patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Change"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    reset_link_api_v1_staff__staff_id__reset_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                staff_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_usage_api_v1_usage_get: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
}
