"""Addresses of live sessions, certificates, permits and notices."""

from django.urls import path

from nastavnik.learning.web import attendance, bookings, calendar_feeds, notices, session_settings, sessions

urlpatterns = [
    path("sessions/", sessions.session_list, name="session-list"),
    path("sessions/new/", sessions.session_create, name="session-create"),
    path("sessions/desk/", attendance.desk, name="trainer-desk"),
    path("sessions/calendar/", calendar_feeds.feed_page, name="calendar-page"),
    path("sessions/calendar/open/", calendar_feeds.feed_open, name="calendar-open"),
    path("sessions/calendar/close/", calendar_feeds.feed_close, name="calendar-close"),
    path("sessions/rooms/", session_settings.room_list, name="room-list"),
    path("sessions/rooms/new/", session_settings.room_edit, name="room-create"),
    path("sessions/rooms/<slug:code>/", session_settings.room_edit, name="room-edit"),
    path("sessions/panel/<slug:code>/", sessions.activity_panel, name="session-panel"),
    path("sessions/kinds/", session_settings.kind_list, name="session-kind-list"),
    path("sessions/kinds/new/", session_settings.kind_edit, name="session-kind-create"),
    path("sessions/kinds/<str:public_id>/", session_settings.kind_edit, name="session-kind-edit"),
    path("sessions/of/<str:public_id>/", sessions.session_detail, name="session-detail"),
    path("sessions/of/<str:public_id>/edit/", sessions.session_edit, name="session-edit"),
    path("sessions/of/<str:public_id>/cancel/", sessions.session_cancel, name="session-cancel"),
    path("sessions/of/<str:public_id>/session.ics", sessions.session_calendar, name="session-calendar"),
    path("sessions/of/<str:public_id>/register/", bookings.register, name="booking-create"),
    path("sessions/of/<str:public_id>/register-other/", bookings.register_other, name="booking-create-other"),
    path("sessions/of/<str:public_id>/bookings/<str:booking_id>/cancel/", bookings.cancel, name="booking-cancel"),
    path("sessions/of/<str:public_id>/bookings/<str:booking_id>/seat/", bookings.seat, name="booking-seat"),
    path("sessions/of/<str:public_id>/bookings/<str:booking_id>/answer/", bookings.answer, name="booking-answer"),
    path("sessions/of/<str:public_id>/attendance/", attendance.attendance_page, name="attendance"),
    path("sessions/of/<str:public_id>/attendance/mark/", attendance.attendance_mark, name="attendance-mark"),
    path("sessions/of/<str:public_id>/finish/", attendance.session_finish, name="session-finish"),
    path("sessions/of/<str:public_id>/code/", attendance.projector, name="projector"),
    path("sessions/of/<str:public_id>/code/now/", attendance.projector_code, name="projector-code"),
    path("sessions/of/<str:public_id>/check-in/", attendance.check_in, name="check-in"),
    path("calendar/<str:token>.ics", calendar_feeds.feed, name="calendar-feed"),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notice_read_all, name="notice-read-all"),
    path("notices/preferences/", notices.preferences, name="notice-preferences"),
    path("notices/e-mails/", notices.dispatch_list, name="dispatch-list"),
    path("notices/e-mails/<int:pk>/again/", notices.dispatch_again, name="dispatch-again"),
    path("notices/of/<str:public_id>/", notices.notice_open, name="notice-open"),
]
