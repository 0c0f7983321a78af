from django.urls import path

from portal.people.views import classes, office, people, profile, relations, restrictions, roles, signing

app_name = "people"

urlpatterns = [
    path("me/", profile.profile, name="profile"),
    path("me/directory/", profile.directory, name="directory"),
    path("me/children/", profile.child_list, name="child_list"),
    path("classes/<int:pk>/", classes.class_show, name="class_show"),
    path("classes/<int:pk>/list/", classes.class_list, name="class_list"),
    path("me/prove/", signing.prove, name="prove"),
    path("sign-in/<str:token>/", signing.move_answer, name="move_answer"),
    path("office/sign-ins/", signing.move_list, name="move_list"),
    path("office/sign-ins/<int:pk>/", signing.move_settle, name="move_settle"),
    path("office/people/<uuid:key>/sign-in/", signing.move_offices, name="move_offices"),
    path("office/", office.office_home, name="office_home"),
    path("office/schools/<int:pk>/year/", office.year_roll_over, name="year_roll_over"),
    path("office/people/", people.person_list, name="person_list"),
    path("office/people/new/", people.person_welcome, name="person_welcome"),
    path("office/people/<uuid:key>/", people.person_detail, name="person_detail"),
    path("office/people/<uuid:key>/contact/", people.person_contact, name="person_contact"),
    path("office/people/<uuid:key>/email/", people.person_email, name="person_email"),
    path("office/people/<uuid:key>/home/", people.person_home, name="person_home"),
    path("office/people/<uuid:key>/protection/", people.person_protect, name="person_protect"),
    path("office/people/<uuid:key>/guardian/", relations.relation_propose, name="relation_propose"),
    path("office/people/<uuid:key>/role/", roles.role_give, name="role_give"),
    path("office/people/<uuid:key>/restriction/", restrictions.restriction_set, name="restriction_set"),
    path("office/protections/<int:pk>/end/", people.protection_end, name="protection_end"),
    path("office/relations/", relations.relation_list, name="relation_list"),
    path("office/relations/<int:pk>/", relations.relation_confirm, name="relation_confirm"),
    path("office/relations/<int:pk>/end/", relations.relation_end, name="relation_end"),
    path("office/relations/<int:pk>/again/", relations.relation_take_up, name="relation_take_up"),
    path("office/classes/<int:pk>/guardians/", relations.relations_confirm, name="relations_confirm"),
    path("office/restrictions/", restrictions.restriction_list, name="restriction_list"),
    path("office/restrictions/<int:pk>/", restrictions.restriction_settle, name="restriction_settle"),
    path("office/roles/", roles.role_list, name="role_list"),
    path("office/roles/<int:pk>/confirm/", roles.role_confirm, name="role_confirm"),
    path("office/roles/<int:pk>/end/", roles.role_end, name="role_end"),
    path("office/roles/<int:pk>/again/", roles.role_take_up, name="role_take_up"),
    path("office/classes/<int:pk>/roles/", roles.roles_confirm, name="roles_confirm"),
    path("office/classes/<int:pk>/contacts/", roles.contact_elect, name="contact_elect"),
]
